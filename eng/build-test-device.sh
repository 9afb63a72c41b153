#!/usr/bin/env bash
# Builds artifacts/native/libsecond_device.so: a device for tests whose tensors live in the processor's memory (tests/native/second_device.cpp).
# With a libtorch of your own (LIBTORCH) it is left out, and the tests that need it are skipped: MEDGPT_TEST_DEVICE=cuda tests a real one.
set -euo pipefail
[ -z "${LIBTORCH:-}" ] || exit 0
root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/tests/native/second_device.cpp
out=$root/artifacts/native/libsecond_device.so
mkdir -p "$root/artifacts/native"
exec 9>"$root/artifacts/native/.test-device.lock"; flock 9
[ "$out" -nt "$source" ] && exit 0
"${CXX:-g++}" -std=c++17 -O1 -fPIC -fvisibility=hidden -w -shared -I/usr/include/torch/csrc/api/include "$source" -o "$out.new" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10
mv "$out.new" "$out"
