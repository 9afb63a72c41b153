#!/usr/bin/env bash
# Packs what plugins outside the repository are built from: eng/pack.sh [FOLDER] [--no-build]. The folder, artifacts/packages by default, is then a NuGet feed.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
out="$root/artifacts/packages"
build=()
for argument in "$@"; do
  case "$argument" in
    --no-build) build=(--no-build) ;;
    -*) echo "pack.sh: unknown option $argument; allowed: [FOLDER] [--no-build]" >&2; exit 2 ;;
    *) out=$argument ;;
  esac
done
mkdir -p "$out"
rm -f "$out"/MedicalGpt.*.nupkg
DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet pack "$root/MedicalGpt.Packages.slnf" -c Release -v q --nologo -o "$out" "${build[@]}"
ls "$out"
