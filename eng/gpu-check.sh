#!/usr/bin/env bash
# For a machine with an NVIDIA GPU, a C++ compiler and a Python torch with CUDA, without .NET and without network:
#   tar xf medgpt-gpu-check.tar.xz && medgpt-gpu-check/eng/gpu-check.sh [--device cuda:N]
# builds the shim against that torch, runs the parity tests on the card and the benchmarks at Qwen2.5-0.5B shapes, and prints one table.
# LIBTORCH=DIR names another libtorch (or system: the one in /usr); --device cpu --tiny tries the check itself out.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
fail() { printf 'error: %s\n' "$@" >&2; exit 2; }
[ -d "$root/runtime" ] || fail "this is not the pack: $root/runtime is not there." "Make it on a machine with .NET: eng/publish-gpu-check.sh"
command -v "${CXX:-g++}" >/dev/null || fail "there is no C++ compiler. Install g++ (10 or later), or name one with CXX."

if [ "${LIBTORCH:-}" = system ]; then
  unset LIBTORCH
elif [ -z "${LIBTORCH:-}" ]; then
  python=${PYTHON:-python3}
  LIBTORCH=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null) || fail "$python has no torch." "Name another Python with PYTHON=…, or the folder of a libtorch with LIBTORCH=…"
  export LIBTORCH
fi

started=$SECONDS
echo "building the shim against ${LIBTORCH:-the libtorch in /usr} …"
MEDGPT_BUILD_JOBS=$(nproc) bash "$root/eng/build-native.sh"
echo "built in $((SECONDS - started)) s"
if [ -z "${LIBTORCH:-}" ] && [ -d "/usr/lib/$(uname -m)-linux-gnu/openblas-openmp" ]; then
  export LD_LIBRARY_PATH="/usr/lib/$(uname -m)-linux-gnu/openblas-openmp${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
export DOTNET_ROOT=$root/runtime DOTNET_TieredPGO=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"
# 480 s in all, the build included; a benchmark that began still ends.
exec "$root/runtime/dotnet" "$root/app/MedicalGpt.GpuCheck.dll" --seconds $((420 - SECONDS + started)) "$@"
