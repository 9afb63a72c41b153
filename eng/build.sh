#!/usr/bin/env bash
# Builds host and plugins in Release; a second caller waits for the first.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$root/artifacts"
exec 9>"$root/artifacts/.build.lock"
flock 9
started="$root/artifacts/.build.started"
touch "$started"
echo "medgpt: building …"
log="$root/artifacts/build.log"
if ! DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet build "$root/MedicalGpt.Product.slnf" -c Release -v q --nologo >"$log" 2>&1; then
  { grep -E 'error|warning' "$log" || tail -20 "$log"; } | sort -u | head -20 >&2
  echo "medgpt: the build failed; the whole log is $log" >&2
  exit 1
fi
printf '%s' "${LIBTORCH:-system}" >"$root/artifacts/.built"
touch -r "$started" "$root/artifacts/.built" # what changed during the build is newer than the stamp
