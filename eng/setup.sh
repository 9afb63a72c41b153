#!/usr/bin/env bash
# Checks what MedicalGpt needs and installs what is missing: Debian/Ubuntu packages as root or with sudo, otherwise it prints what to install.
set -euo pipefail

fail() { printf 'medgpt: %s\n' "$@" >&2; exit 1; }

[ "$(uname -s)" = Linux ] || fail "this system is $(uname -s); MedicalGpt runs on Linux x64 (on Windows: inside WSL 2)."
[ "$(uname -m)" = x86_64 ] || fail "this processor is $(uname -m); MedicalGpt runs on Linux x64."
command -v dotnet >/dev/null || fail "the .NET 10 SDK is not installed." "Install it from your distribution (package dotnet-sdk-10.0) or from Microsoft's .NET download page, then run this again."
sdks=$(dotnet --list-sdks | cut -d' ' -f1)
grep -q '^10\.' <<<"$sdks" || fail "the .NET 10 SDK is needed; installed are: ${sdks//$'\n'/ }." "Install package dotnet-sdk-10.0, then run this again."

missing=()
need() { "${@:2}" >/dev/null 2>&1 || missing+=("$1"); }
need g++ command -v g++
if [ -n "${LIBTORCH:-}" ]; then
  [ -f "$LIBTORCH/lib/libtorch.so" ] || fail "LIBTORCH is '$LIBTORCH', but $LIBTORCH/lib/libtorch.so does not exist." "Give the folder that holds lib/ and include/ of libtorch (or of a Python install's torch package), or unset LIBTORCH to use the system's."
else
  need libtorch-dev test -f /usr/include/torch/csrc/api/include/torch/torch.h
  need libopenblas0-openmp test -f /usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3
fi
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || fail "missing: ${missing[*]} (names of Debian packages)." "This system has no apt-get. Install their counterparts, or set LIBTORCH to a libtorch folder, then run this again."
if [ "$(id -u)" = 0 ]; then sudo=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo=(sudo -n)
else
  fail "missing packages: ${missing[*]}" "Install them with:" "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" "then run this again."
fi
echo "medgpt: installing ${missing[*]} …"
log=$(mktemp)
apt() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >>"$log" 2>&1; }
if ! { apt update && apt install -y --no-install-recommends "${missing[@]}"; }; then
  tail -20 "$log" >&2
  fail "installing ${missing[*]} failed; the whole log is $log"
fi
rm -f "$log"
