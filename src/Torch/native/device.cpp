// NVIDIA GPUs: how many, their names and memory, TF32. Compiles against a libtorch without CUDA, too: there are none of them then.
#include "internal.h"

#include <ATen/Context.h>
#include <ATen/ops/empty.h>
#include <c10/core/DeviceGuard.h>
#include <torch/csrc/api/include/torch/cuda.h>

#include <dlfcn.h>

// Where the allocator's counters come from (eng/build-native.sh looks at the headers): 2 = the allocator of any device (libtorch 2.9 and later, no
// header of CUDA is needed), 1 = the CUDA allocator (needs cuda_runtime_api.h), 0 = nowhere.
#if MEDGPT_CUDA_STATISTICS == 2
#include <c10/core/CachingDeviceAllocator.h>
#elif MEDGPT_CUDA_STATISTICS == 1
#include <c10/cuda/CUDACachingAllocator.h>
#endif

namespace {

template <class F>
F symbol(void* library, const char* name) {
    return reinterpret_cast<F>(dlsym(library, name));
}

// The runtime is a dependency of libtorch_cuda; naming it at link time would ask for CUDA's development files.
void free_memory(int32_t index, mg_cuda_memory* memory) {
    auto query = symbol<int (*)(size_t*, size_t*)>(RTLD_DEFAULT, "cudaMemGetInfo");
    c10::DeviceGuard guard(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index)));
    size_t free_bytes = 0, total = 0;
    if (query == nullptr || query(&free_bytes, &total) != 0) return;
    memory->free_bytes = static_cast<int64_t>(free_bytes);
    memory->total_bytes = static_cast<int64_t>(total);
}

template <class Statistics>
void counters(const Statistics& statistics, mg_cuda_memory* memory) {
    constexpr size_t aggregate = 0;
    memory->allocated = statistics.allocated_bytes[aggregate].current;
    memory->peak_allocated = statistics.allocated_bytes[aggregate].peak;
    memory->reserved = statistics.reserved_bytes[aggregate].current;
    memory->peak_reserved = statistics.reserved_bytes[aggregate].peak;
}

void require(int32_t index) {
    int32_t count = mg_cuda_device_count();
    TORCH_CHECK(index >= 0 && index < count, "there is no cuda:", index, "; this process sees ", count, " NVIDIA GPU(s)");
    // The allocator knows its devices once the first tensor was asked for.
    at::empty({0}, at::TensorOptions().device(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index))));
}

}  // namespace

extern "C" {

int32_t mg_cuda_built(void) {
    int32_t built = 0;
    (void)mg::guard([&] { built = at::globalContext().hasCUDART(); });
    return built;
}

int32_t mg_cuda_device_count(void) {
    int32_t count = 0;
    (void)mg::guard([&] { count = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
    return count;
}

int32_t mg_cuda_synchronize(int32_t device_index) {
    return mg::guard([&] { torch::cuda::synchronize(device_index); });
}

int32_t mg_cuda_device_name(int32_t device_index, char* name, int32_t capacity) {
    return mg::guard([&] {
        require(device_index);
        void* driver = dlopen("libcuda.so.1", RTLD_LAZY);
        TORCH_CHECK(driver != nullptr, "libcuda.so.1 is not there");
        auto start = symbol<int (*)(unsigned)>(driver, "cuInit");
        auto find = symbol<int (*)(int*, int)>(driver, "cuDeviceGet");
        auto text = symbol<int (*)(char*, int, int)>(driver, "cuDeviceGetName");
        int device = 0;
        bool found = start != nullptr && find != nullptr && text != nullptr && start(0) == 0 && find(&device, device_index) == 0 && text(name, capacity, device) == 0;
        TORCH_CHECK(found, "the driver does not say the name of cuda:", device_index);
    });
}

int32_t mg_cuda_memory_get(int32_t device_index, mg_cuda_memory* memory) {
    return mg::guard([&] {
        *memory = {-1, -1, -1, -1, -1, -1};
        require(device_index);
        free_memory(device_index, memory);
#if MEDGPT_CUDA_STATISTICS == 2
        counters(c10::getDeviceAllocator(c10::DeviceType::CUDA)->getDeviceStats(static_cast<c10::DeviceIndex>(device_index)), memory);
#elif MEDGPT_CUDA_STATISTICS == 1
        counters(c10::cuda::CUDACachingAllocator::getDeviceStats(device_index), memory);
#endif
    });
}

int32_t mg_cuda_reset_peak(int32_t device_index) {
    return mg::guard([&] {
        require(device_index);
#if MEDGPT_CUDA_STATISTICS == 2
        c10::getDeviceAllocator(c10::DeviceType::CUDA)->resetPeakStats(static_cast<c10::DeviceIndex>(device_index));
#elif MEDGPT_CUDA_STATISTICS == 1
        c10::cuda::CUDACachingAllocator::resetPeakStats(device_index);
#endif
    });
}

int32_t mg_cuda_tf32(void) {
    int32_t enabled = 0;
    (void)mg::guard([&] { enabled = at::globalContext().allowTF32CuBLAS(); });
    return enabled;
}

int32_t mg_cuda_set_tf32(int32_t enabled) {
    return mg::guard([&] { at::globalContext().setAllowTF32CuBLAS(enabled != 0); });
}

}  // extern "C"
