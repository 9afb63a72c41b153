// Errors, threads, random numbers, and the count of live tensor bytes.
#include "blocks.h"
#include "internal.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <torch/csrc/api/include/torch/version.h>

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>

namespace mg {

static thread_local std::string last_error;

void set_error(std::string text) { last_error = std::move(text); }

}  // namespace mg

namespace {

std::atomic<int64_t> live_bytes{0}, peak_bytes{0}, live_allocations{0}, total_allocations{0};

// One cache line in front of each block holds its size. Counts what was asked for. Large blocks are kept for reuse (blocks.cpp), the others
// come from libtorch's own CPU allocator, small ones from malloc, aligned by hand: posix_memalign costs several times as much there.
struct CountingAllocator final : at::Allocator {
    static constexpr size_t alignment = 64;
    static constexpr size_t small = 4096;

    struct Header {
        int64_t bytes;
        void* block;
        size_t size;  // of the whole block where it is a large one
    };
    static_assert(sizeof(Header) <= alignment, "the header takes one cache line");

    static void release(void* data) {
        if (data == nullptr) return;
        Header header = *reinterpret_cast<Header*>(static_cast<char*>(data) - alignment);
        live_bytes.fetch_sub(header.bytes, std::memory_order_relaxed);
        live_allocations.fetch_sub(1, std::memory_order_relaxed);
        if (static_cast<size_t>(header.bytes) <= small) {
            std::free(header.block);
        } else if (header.size != 0) {
            mg::release_block(header.block, header.size);
        } else {
            c10::free_cpu(header.block);
        }
    }

    static at::DataPtr take(size_t bytes) {
        if (bytes == 0) return {nullptr, nullptr, &release, at::Device(at::DeviceType::CPU)};
        TORCH_CHECK(bytes <= static_cast<size_t>(INT64_MAX) - alignment, "a tensor of ", bytes, " bytes cannot exist");
        void* block;
        char* data;
        size_t size = 0;
        if (bytes <= small) {
            block = std::malloc(bytes + 2 * alignment);
            TORCH_CHECK(block != nullptr, "not enough memory: ", bytes, " bytes");
            data = reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(block) + 2 * alignment - 1) & ~uintptr_t(alignment - 1));
        } else if (bytes >= mg::large_block) {
            block = mg::take_block(bytes + alignment, size);
            TORCH_CHECK(block != nullptr, "not enough memory: ", bytes, " bytes");
            data = static_cast<char*>(block) + alignment;
        } else {
            block = c10::alloc_cpu(bytes + alignment);
            data = static_cast<char*>(block) + alignment;
        }
        *reinterpret_cast<Header*>(data - alignment) = Header{static_cast<int64_t>(bytes), block, size};
        int64_t now = live_bytes.fetch_add(static_cast<int64_t>(bytes), std::memory_order_relaxed) + static_cast<int64_t>(bytes);
        live_allocations.fetch_add(1, std::memory_order_relaxed);
        total_allocations.fetch_add(1, std::memory_order_relaxed);
        int64_t seen = peak_bytes.load(std::memory_order_relaxed);
        while (now > seen && !peak_bytes.compare_exchange_weak(seen, now, std::memory_order_relaxed)) {}
        return {data, data, &release, at::Device(at::DeviceType::CPU)};
    }

    at::DeleterFnPtr raw_deleter() const override { return &release; }

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    at::DataPtr allocate(size_t bytes) override { return take(bytes); }
    void copy_data(void* to, const void* from, size_t count) const override { default_copy_data(to, from, count); }
#else
    at::DataPtr allocate(size_t bytes) const override { return take(bytes); }
#endif
};

// A device that is neither the processor nor a GPU draws from the processor's generator.
at::Generator default_generator(int32_t device_type, int32_t device_index) {
    auto device = mg::device(device_type, device_index);
    return at::globalContext().defaultGenerator(device.is_cuda() ? device : c10::Device(c10::DeviceType::CPU));
}

at::Generator& generator(mg_generator g) { return *static_cast<at::Generator*>(g); }

}  // namespace

extern "C" {

const char* mg_last_error(void) { return mg::last_error.c_str(); }
int32_t mg_abi_version(void) { return 2; }
const char* mg_torch_version(void) { return TORCH_VERSION; }
void mg_free(void* p) { std::free(p); }

int32_t mg_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, mg_generator* out) {
    return mg::guard([&] {
        at::Generator g;
        if (!mg::device(device_type, device_index).is_cuda()) {
            g = at::make_generator<at::CPUGeneratorImpl>(seed);
        } else {
            g = default_generator(device_type, device_index).clone();
            g.set_current_seed(seed);
        }
        *out = new at::Generator(std::move(g));
    });
}

int32_t mg_generator_default(int32_t device_type, int32_t device_index, mg_generator* out) {
    return mg::guard([&] { *out = new at::Generator(default_generator(device_type, device_index)); });
}

void mg_generator_release(mg_generator g) { delete static_cast<at::Generator*>(g); }

int32_t mg_generator_get_state(mg_generator g, mg_tensor* state) {
    return mg::guard([&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        *state = mg::give(generator(g).get_state());
    });
}

int32_t mg_generator_set_state(mg_generator g, mg_tensor state) {
    return mg::guard([&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        generator(g).set_state(mg::borrow(state));
    });
}

int32_t mg_generator_seed(mg_generator g, uint64_t seed) {
    return mg::guard([&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        generator(g).set_current_seed(seed);
    });
}

uint64_t mg_generator_initial_seed(mg_generator g) { return generator(g).current_seed(); }

int32_t mg_manual_seed(uint64_t seed) {
    return mg::guard([&] { at::manual_seed(seed); });
}

int32_t mg_num_threads(void) { return at::get_num_threads(); }

int32_t mg_set_num_threads(int32_t count) {
    return mg::guard([&] { at::set_num_threads(count); });
}

int32_t mg_deterministic(void) { return at::globalContext().deterministicAlgorithms(); }

void mg_set_deterministic(int32_t enabled, int32_t warn_only) {
    // cuBLAS is deterministic with a workspace of its own per stream; it reads this once, when it starts. A value that is there already stays.
    if (enabled != 0) setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
    at::globalContext().setDeterministicAlgorithms(enabled != 0, warn_only != 0);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
    // Later ones fill every empty tensor as well, for programs that read what they never wrote.
    at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
}

const char* mg_blas_library(void) {
    static const std::string path = [] {
        Dl_info info;
        void* sgemm = dlsym(RTLD_DEFAULT, "sgemm_");
        return std::string(sgemm != nullptr && dladdr(sgemm, &info) != 0 ? info.dli_fname : "");
    }();
    return path.c_str();
}

int32_t mg_blas_threading(void) {
    auto parallel = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_parallel"));
    return parallel == nullptr ? -1 : parallel();
}

int32_t mg_memory_install(void) {
    return mg::guard([&] {
        static CountingAllocator allocator;
        c10::SetCPUAllocator(&allocator, /*priority=*/1);
    });
}

void mg_memory_get(mg_memory_stats* stats) {
    stats->live_bytes = live_bytes.load(std::memory_order_relaxed);
    stats->peak_bytes = peak_bytes.load(std::memory_order_relaxed);
    stats->live_allocations = live_allocations.load(std::memory_order_relaxed);
    stats->total_allocations = total_allocations.load(std::memory_order_relaxed);
}

void mg_memory_reset_peak(void) { peak_bytes.store(live_bytes.load(std::memory_order_relaxed), std::memory_order_relaxed); }

}  // extern "C"
