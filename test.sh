#!/usr/bin/env bash
# Sets up what is missing, builds with warnings as errors, runs every test, prints the totals.
#   ./test.sh          the normal run          ./test.sh --long   also kills, big fuzzing, learning over seeds
#   ./test.sh --filter EXPRESSION             only some tests (dotnet test's filter)
set -uo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
filter='Category!=Long'
while [ $# -gt 0 ]; do
  case "$1" in
    --long) filter=''; shift ;;
    --filter) filter="$2"; shift 2 ;;
    *) echo "test.sh: unknown argument '$1'; allowed are --long and --filter EXPRESSION" >&2; exit 2 ;;
  esac
done
eng/setup.sh || exit 1
. eng/environment.sh
results="$root/artifacts/test-results"
rm -rf "$results"; mkdir -p "$results"

if ! eng/build.sh MedicalGpt.sln; then
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
./medgpt --version >/dev/null || { echo "./medgpt does not start"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

echo "Testing …"
status=0
for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  dotnet test "$project" -c Release --no-build --nologo -v q ${filter:+--filter "$filter"} --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" 2>&1 | tee "$results/$name.log" | grep -vE '^(Test run for|A total of|VSTest|Results File:|Passed!|Starting test|No test matches)|^\s*$'
  [ "${PIPESTATUS[0]}" = 0 ] || status=1
done

total() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
all=$(total total); executed=$(total executed); passed=$(total passed); failed=$(total failed)
skipped=$((all - executed))
if [ "$skipped" -gt 0 ]; then
  echo "Skipped:"
  cat "$results"/*.log | grep -A0 -E '\[SKIP\]|Skipped ' | sed 's/^ */  /' | sort -u | head -40
fi
[ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$executed" -gt 0 ] || { echo "no test ran"; failed=1; status=1; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$status" = 0 ]
