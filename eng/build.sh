#!/usr/bin/env bash
# Builds host and plugins in Release (or the solution that is named: test.sh builds everything); a second caller waits for the first.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$root/artifacts"
exec 9>"$root/artifacts/.build.lock"
flock 9
solution="${1:-MedicalGpt.Product.slnf}"
started="$root/artifacts/.build.started"
touch "$started"
echo "medgpt: building …"
log="$root/artifacts/build.log"
if ! DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet build "$root/$solution" -c Release -v q --nologo >"$log" 2>&1 9>&-; then # 9: the compiler server that stays must not keep the lock
  { grep -E 'error|warning' "$log" || tail -20 "$log"; } | sort -u | head -20 >&2
  echo "medgpt: the build failed; the whole log is $log" >&2
  exit 1
fi
printf '%s' "${LIBTORCH:-system}" >"$root/artifacts/.built"
touch -r "$started" "$root/artifacts/.built" # what changed during the build is newer than the stamp
