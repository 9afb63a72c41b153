/* The whole surface between the managed tensor core and libtorch.
 *
 * Rules: every function that can fail returns 0 on success and 1 on failure, with the text in mg_last_error() of the same
 * thread. A tensor handle owns one reference (mg_tensor_release); handles passed in are borrowed, handles handed out are owned
 * by the caller. A null tensor handle is the undefined tensor. No C++ exception leaves this library. */
#ifndef MEDGPT_TORCH_H
#define MEDGPT_TORCH_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#define MG_API __attribute__((visibility("default")))

typedef void* mg_tensor;
typedef void* mg_op;
typedef void* mg_generator;

enum mg_tag {
  MG_NONE = 0, MG_BOOL = 1, MG_INT = 2, MG_DOUBLE = 3, MG_TENSOR = 4, MG_INT_LIST = 5, MG_DOUBLE_LIST = 6, MG_BOOL_LIST = 7,
  MG_TENSOR_LIST = 8, MG_OPTIONAL_TENSOR_LIST = 9, MG_STRING = 10, MG_DEVICE = 11, MG_GENERATOR = 12
};

/* A tagged argument or result. Lists and strings: `count` elements at as.p. MG_DEVICE: type in count, index in as.i.
 * A dtype or layout is an MG_INT. An MG_TENSOR_LIST result is freed with mg_free after its handles were taken. */
typedef struct mg_value {
  int32_t tag;
  int32_t count;
  union { int64_t i; double d; void* p; } as;
} mg_value;

typedef struct mg_tensor_info {
  const int64_t* sizes;   /* borrowed, valid until the tensor changes shape */
  const int64_t* strides; /* likewise */
  void* data;
  int64_t numel;
  int64_t storage_offset;
  int64_t storage_bytes;
  int32_t dim;
  int32_t dtype;
  int32_t element_size;
  int32_t device_type;
  int32_t device_index;
  uint8_t requires_grad, is_leaf, is_contiguous, is_floating_point;
} mg_tensor_info;

typedef struct mg_memory_stats {
  int64_t live_bytes, peak_bytes, live_allocations, total_allocations;
} mg_memory_stats;

/* Errors and versions. */
MG_API const char* mg_last_error(void);
MG_API int32_t mg_abi_version(void);
MG_API const char* mg_torch_version(void);
MG_API void mg_free(void* p);

/* Operators. A bound operator remembers the schema's defaults and where each of the caller's arguments goes. */
MG_API int32_t mg_op_bind(const char* name, const char* overload, const char* const* argument_names, int32_t count, mg_op* op);
MG_API int32_t mg_op_find(const char* name, const char* overload, char** schema); /* free with mg_free */
MG_API int32_t mg_op_call(mg_op op, const mg_value* arguments, int32_t count, mg_value* results, int32_t capacity, int32_t* produced);

/* Tensors. */
MG_API void mg_tensor_retain(mg_tensor t);
MG_API void mg_tensor_release(mg_tensor t);
MG_API void mg_tensor_release_all(const mg_tensor* tensors, int32_t count);
MG_API void mg_tensor_get_info(mg_tensor t, mg_tensor_info* info);
MG_API int32_t mg_tensor_from_blob(void* data, const int64_t* sizes, int32_t dim, int32_t dtype, void (*release)(void*), void* state, mg_tensor* out);
MG_API int32_t mg_tensor_set_requires_grad(mg_tensor t, int32_t value);
MG_API int32_t mg_tensor_retain_grad(mg_tensor t);
MG_API int32_t mg_tensor_get_grad(mg_tensor t, mg_tensor* grad);
MG_API int32_t mg_tensor_set_grad(mg_tensor t, mg_tensor grad);

/* Autograd. Grad mode is per thread. */
MG_API int32_t mg_grad_mode(void);
MG_API void mg_set_grad_mode(int32_t enabled);
MG_API int32_t mg_backward(const mg_tensor* tensors, const mg_tensor* grads, int32_t count, int32_t retain_graph, int32_t create_graph,
                           const mg_tensor* inputs, int32_t input_count);
MG_API int32_t mg_grad(const mg_tensor* outputs, int32_t output_count, const mg_tensor* inputs, int32_t input_count, const mg_tensor* grad_outputs,
                       int32_t retain_graph, int32_t create_graph, int32_t allow_unused, mg_tensor* grads);

/* A differentiable function written by the caller. Callbacks return 0, or 1 after mg_sink_error; handles they receive are
 * borrowed, handles they put into the sink are borrowed too. The state is released when the graph node dies. */
typedef void* mg_sink;
typedef int32_t (*mg_forward_fn)(void* state, const mg_tensor* inputs, int32_t count, mg_sink sink);
typedef int32_t (*mg_backward_fn)(void* state, const mg_tensor* grads, int32_t count, const mg_tensor* saved, int32_t saved_count, mg_sink sink);
typedef void (*mg_release_fn)(void* state);
MG_API void mg_sink_output(mg_sink sink, mg_tensor t);
MG_API void mg_sink_save(mg_sink sink, mg_tensor t);
MG_API void mg_sink_not_differentiable(mg_sink sink, mg_tensor t);
MG_API void mg_sink_error(mg_sink sink, const char* text);
MG_API int32_t mg_function_apply(mg_forward_fn forward, mg_backward_fn backward, mg_release_fn release, void* state, const mg_tensor* inputs, int32_t count,
                                 mg_value* outputs);

/* Random numbers. */
MG_API int32_t mg_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, mg_generator* out);
MG_API int32_t mg_generator_default(int32_t device_type, int32_t device_index, mg_generator* out);
MG_API void mg_generator_release(mg_generator g);
MG_API int32_t mg_generator_get_state(mg_generator g, mg_tensor* state);
MG_API int32_t mg_generator_set_state(mg_generator g, mg_tensor state);
MG_API int32_t mg_generator_seed(mg_generator g, uint64_t seed);
MG_API uint64_t mg_generator_initial_seed(mg_generator g);
MG_API int32_t mg_manual_seed(uint64_t seed);

/* Threads, determinism, BLAS. */
MG_API int32_t mg_num_threads(void);
MG_API int32_t mg_set_num_threads(int32_t count);
MG_API int32_t mg_deterministic(void);
MG_API void mg_set_deterministic(int32_t enabled, int32_t warn_only);
MG_API const char* mg_blas_library(void);  /* path of the library that provides sgemm_, or "" */
MG_API int32_t mg_blas_threading(void);    /* OpenBLAS: 0 sequential, 1 pthreads, 2 OpenMP; -1 not OpenBLAS */

/* NVIDIA GPUs. Bytes that libtorch's CUDA allocator gave out and holds, their peaks, and what the card has; -1 = not known. */
typedef struct mg_cuda_memory {
  int64_t allocated, peak_allocated, reserved, peak_reserved, free_bytes, total_bytes;
} mg_cuda_memory;
MG_API int32_t mg_cuda_built(void); /* 1 where the loaded libtorch was built with CUDA, with or without a card */
MG_API int32_t mg_cuda_device_count(void);
MG_API int32_t mg_cuda_synchronize(int32_t device_index);
MG_API int32_t mg_cuda_device_name(int32_t device_index, char* name, int32_t capacity);
MG_API int32_t mg_cuda_memory_get(int32_t device_index, mg_cuda_memory* memory);
MG_API int32_t mg_cuda_reset_peak(int32_t device_index);
MG_API int32_t mg_cuda_tf32(void); /* fp32 matrix products on tensor cores with 10 bits of mantissa */
MG_API int32_t mg_cuda_set_tf32(int32_t enabled);

/* Bytes that libtorch's CPU allocator holds, temporaries and autograd graphs included. */
MG_API int32_t mg_memory_install(void);
MG_API void mg_memory_get(mg_memory_stats* stats);
MG_API void mg_memory_reset_peak(void);

#ifdef __cplusplus
}
#endif
#endif
