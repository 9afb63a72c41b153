#!/bin/bash
# Builds artifacts/native/libmedgpt_torch.so from src/Torch/native against the libtorch in $LIBTORCH (a folder with include/ and lib/), else the system's.
# Only what changed is compiled again: objects are keyed by their source, the header files and the libtorch they were built against.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
src=$root/src/Torch/native
out=$root/artifacts/native
obj=$out/obj
mkdir -p "$obj"
exec 9>"$out/.lock"; flock 9
cxx=${CXX:-g++}
command -v "$cxx" >/dev/null || { echo "error: no C++ compiler ($cxx). Install one: apt-get install g++" >&2; exit 1; }

flags=(-std=c++17 -O2 -fPIC -fvisibility=hidden -w)
if [ -n "${LIBTORCH:-}" ]; then
  [ -f "$LIBTORCH/include/torch/csrc/api/include/torch/version.h" ] || { echo "error: LIBTORCH=$LIBTORCH has no include/torch/csrc/api/include/torch/version.h. Give the folder that holds libtorch's include/ and lib/." >&2; exit 1; }
  version_file=$LIBTORCH/include/torch/csrc/api/include/torch/version.h
  flags+=(-I"$LIBTORCH/include" -I"$LIBTORCH/include/torch/csrc/api/include")
  links=(-L"$LIBTORCH/lib" -Wl,-rpath,"$LIBTORCH/lib")
  config=$LIBTORCH/share/cmake/Torch/TorchConfig.cmake
  if [ -f "$config" ] && grep -q '_GLIBCXX_USE_CXX11_ABI=0' "$config"; then flags+=(-D_GLIBCXX_USE_CXX11_ABI=0); fi
  libs=$LIBTORCH/lib
else
  version_file=/usr/include/torch/csrc/api/include/torch/version.h
  [ -f "$version_file" ] || { echo "error: libtorch is not installed. Install it (apt-get install libtorch-dev) or set LIBTORCH to a folder that holds its include/ and lib/." >&2; exit 1; }
  flags+=(-I/usr/include/torch/csrc/api/include)
  links=()
  libs=/usr/lib/x86_64-linux-gnu
fi
links+=(-Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
include=${version_file%/torch/csrc/api/include/torch/version.h}
# Later libtorch's headers ask for C++20.
! grep -q '__cplusplus < 202002L' "$include/ATen/ATen.h" || flags[0]=-std=c++20
statistics=0
if [ -f "$libs/libtorch_cuda.so" ]; then
  links+=(-ltorch_cuda -lc10_cuda)
  # Counters of the CUDA allocator (device.cpp): without a header of CUDA in libtorch 2.9 and later, else with one: from the Python packages beside torch, or an installed CUDA.
  if grep -qs 'DeviceAllocator : public c10::Allocator' "$include/c10/core/CachingDeviceAllocator.h"; then
    statistics=2
  else
    for folder in "${LIBTORCH:-/usr}"/../nvidia/*/include "${CUDA_HOME:-/usr/local/cuda}/include" /usr/include; do
      if [ -f "$folder/cuda_runtime_api.h" ]; then flags+=(-I"$folder"); statistics=1; break; fi
    done
  fi
fi
flags+=(-DMEDGPT_CUDA_STATISTICS=$statistics)
links+=(-ldl)

key=$( { echo "${flags[@]}" "${links[@]}"; cat "$version_file" "$src"/*.h; "$cxx" --version; } | sha256sum | cut -c1-16)
relink=0
jobs=()
for file in "$src"/*.cpp; do
  name=$(basename "$file" .cpp)
  stamp=$(cat "$file" <(echo "$key") | sha256sum | cut -c1-16)
  if [ ! -f "$obj/$name.o" ] || [ "$(cat "$obj/$name.stamp" 2>/dev/null)" != "$stamp" ]; then
    relink=1
    rm -f "$obj/$name.stamp"
    ( "$cxx" "${flags[@]}" -c "$file" -o "$obj/$name.o" && echo "$stamp" > "$obj/$name.stamp" ) &
    jobs+=($!)
    if [ "${#jobs[@]}" -ge "${MEDGPT_BUILD_JOBS:-2}" ]; then wait "${jobs[0]}"; jobs=("${jobs[@]:1}"); fi
  fi
done
for job in "${jobs[@]}"; do wait "$job"; done
if [ $relink = 1 ] || [ ! -f "$out/libmedgpt_torch.so" ] || [ "$(cat "$obj/linked" 2>/dev/null)" != "$key" ]; then
  "$cxx" -shared -o "$out/libmedgpt_torch.so.new" "$obj"/*.o "${links[@]}"
  mv "$out/libmedgpt_torch.so.new" "$out/libmedgpt_torch.so"
  echo "$key" > "$obj/linked"
fi
