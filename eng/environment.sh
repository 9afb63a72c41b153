# Sourced by medgpt and test.sh: what the program's process needs.
# libtorch of Debian takes batched matrix products from the system's BLAS; the pthread build of OpenBLAS fights libtorch's
# OpenMP threads, so the OpenMP build comes first. A libtorch of your own (LIBTORCH) brings its own BLAS.
if [ -z "${LIBTORCH:-}" ]; then
  openblas="/usr/lib/$(uname -m)-linux-gnu/openblas-openmp"
  [ ! -d "$openblas" ] || export LD_LIBRARY_PATH="$openblas${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
# On a busy machine libgomp's threads spin against each other: a step of 0.2 s took over 7 s (docs/decisions.md). They give up after a short spin here.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"
