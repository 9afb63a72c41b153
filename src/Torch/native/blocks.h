// Memory of large CPU tensors.
#pragma once
#include <cstddef>

namespace mg {

// Blocks at least this large come from take_block.
constexpr size_t large_block = 256 << 10;

// A block of at least `bytes`, page-aligned, with whatever content; `size` receives its size. Null when the system has none.
void* take_block(size_t bytes, size_t& size);

// Gives a block back; `size` as take_block said.
void release_block(void* block, size_t size);

}  // namespace mg
