#!/usr/bin/env bash
# Packs what eng/gpu-check.sh needs on a machine without .NET and network into artifacts/gpu-check/medgpt-gpu-check.tar.xz:
# the check's program with the .NET runtime of this machine, the parity tests' reference numbers, and the shim's C++ sources.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/artifacts/gpu-check
pack=$out/medgpt-gpu-check
mkdir -p "$root/artifacts"
exec 9>"$root/artifacts/.build.lock"; flock 9 # eng/build.sh waits, and is waited for
rm -rf "$out"
mkdir -p "$pack/app" "$pack/eng" "$pack/src/Torch" "$pack/tests/fixtures" "$pack/runtime/host" "$pack/runtime/shared/Microsoft.NETCore.App"

DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet publish "$root/benchmarks/MedicalGpt.GpuCheck" -c Release -v q --nologo -o "$pack/app" 9>&- -p:UseAppHost=false -p:DebugType=none -p:GenerateDocumentationFile=false
# The runtime goes along as it is installed here, so no runtime pack has to be fetched.
version=$(sed -n 's/.*"version": "\(10[^"]*\)".*/\1/p' "$pack/app/MedicalGpt.GpuCheck.runtimeconfig.json" | head -1)
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
newest=$(ls "$dotnet/shared/Microsoft.NETCore.App" | grep '^10\.' | sort -V | tail -1)
echo "packing .NET ${newest} (the program asks for ${version})"
cp "$dotnet/dotnet" "$pack/runtime/"
mkdir -p "$pack/runtime/host/fxr"
cp -r "$dotnet/host/fxr/$newest" "$pack/runtime/host/fxr/"
cp -r "$dotnet/shared/Microsoft.NETCore.App/$newest" "$pack/runtime/shared/Microsoft.NETCore.App/"
cp "$dotnet"/LICENSE.txt "$dotnet"/ThirdPartyNotices.txt "$pack/runtime/"

cp -r "$root/src/Torch/native" "$pack/src/Torch/"
cp "$root/eng/build-native.sh" "$root/eng/gpu-check.sh" "$pack/eng/"
cp -r "$root/tests/fixtures/golden" "$pack/tests/fixtures/"
: >"$pack/MedicalGpt.sln" # marks the root for the tests and the program
tar -C "$out" -c medgpt-gpu-check | xz -T0 -6 >"$out/medgpt-gpu-check.tar.xz"
size=$(stat -c %s "$out/medgpt-gpu-check.tar.xz")
echo "$out/medgpt-gpu-check.tar.xz: $((size / 1000000)) MB"
[ "$size" -lt 60000000 ] || { echo "error: the pack is larger than 60 MB" >&2; exit 1; }
