#pragma once
#include "medgpt_torch.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <exception>
#include <string>
#include <utility>

namespace mg {

void set_error(std::string text);

// Runs f, turns every exception into an error text. Only this stands between C++ exceptions and the caller.
template <class F>
int32_t guard(F&& f) {
    try {
        f();
        return 0;
    } catch (const c10::Error& e) {
        set_error(e.what_without_backtrace());
    } catch (const std::exception& e) {
        set_error(e.what());
    } catch (...) {
        set_error("unknown C++ exception");
    }
    return 1;
}

// Kinds of device have the numbers of c10/core/DeviceType.h; PrivateUse1, whose number moved, has that of libtorch 2.
constexpr int32_t private_use = 20;

inline c10::Device device(int32_t type, int64_t index) {
    return c10::Device(type == private_use ? c10::DeviceType::PrivateUse1 : static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

inline int32_t device_number(c10::DeviceType type) { return type == c10::DeviceType::PrivateUse1 ? private_use : static_cast<int32_t>(type); }

inline at::Tensor borrow(mg_tensor handle) {
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

inline mg_tensor give(at::Tensor t) {
    if (!t.defined()) return nullptr;
    return t.unsafeReleaseTensorImpl();
}

inline std::vector<at::Tensor> borrow_all(const mg_tensor* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

}  // namespace mg
