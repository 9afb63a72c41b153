// Tensor handles: life, metadata, gradients.
#include "internal.h"

#include <ATen/ops/from_blob.h>

extern "C" {

void mg_tensor_retain(mg_tensor t) {
    if (t != nullptr) mg::give(mg::borrow(t));
}

void mg_tensor_release(mg_tensor t) {
    if (t != nullptr) {
        auto owned = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(t));
    }
}

void mg_tensor_release_all(const mg_tensor* tensors, int32_t count) {
    for (int32_t i = 0; i < count; i++) mg_tensor_release(tensors[i]);
}

void mg_tensor_get_info(mg_tensor handle, mg_tensor_info* info) {
    // Reads plain fields of a strided tensor; nothing here throws for the CPU and CUDA tensors that this library makes.
    (void)mg::guard([&] {
        auto impl = static_cast<c10::TensorImpl*>(handle);
        auto t = mg::borrow(handle);
        auto device = impl->device();
        info->sizes = impl->sizes().data();
        info->strides = impl->strides().data();
        info->numel = impl->numel();
        info->storage_offset = impl->storage_offset();
        info->storage_bytes = static_cast<int64_t>(impl->storage().nbytes());
        info->dim = static_cast<int32_t>(impl->dim());
        info->dtype = static_cast<int32_t>(t.scalar_type());
        info->element_size = static_cast<int32_t>(t.element_size());
        info->device_type = mg::device_number(device.type());
        info->device_index = device.index();
        info->requires_grad = t.requires_grad();
        info->is_leaf = t.is_leaf();
        info->is_contiguous = t.is_contiguous();
        info->is_floating_point = t.is_floating_point();
        info->data = info->numel == 0 ? nullptr : t.data_ptr();
    });
}

int32_t mg_tensor_from_blob(void* data, const int64_t* sizes, int32_t dim, int32_t dtype, void (*release)(void*), void* state, mg_tensor* out) {
    return mg::guard([&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
        auto deleter = [release, state](void*) {
            if (release != nullptr) release(state);
        };
        *out = mg::give(at::from_blob(data, at::IntArrayRef(sizes, dim), deleter, options));
    });
}

int32_t mg_tensor_set_requires_grad(mg_tensor t, int32_t value) {
    return mg::guard([&] { mg::borrow(t).requires_grad_(value != 0); });
}

int32_t mg_tensor_retain_grad(mg_tensor t) {
    return mg::guard([&] { mg::borrow(t).retain_grad(); });
}

int32_t mg_tensor_get_grad(mg_tensor t, mg_tensor* grad) {
    return mg::guard([&] { *grad = mg::give(mg::borrow(t).mutable_grad()); });
}

int32_t mg_tensor_set_grad(mg_tensor t, mg_tensor grad) {
    return mg::guard([&] {
        auto tensor = mg::borrow(t);
        auto value = mg::borrow(grad);
        TORCH_CHECK(!value.defined() || value.sizes() == tensor.sizes(), "a gradient of shape ", value.sizes(), " does not fit a tensor of shape ", tensor.sizes());
        tensor.mutable_grad() = value;
    });
}

}  // extern "C"
