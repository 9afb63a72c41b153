// A second device for tests on machines without a GPU: its tensors live in the processor's memory, but libtorch knows them as another device
// ("privateuseone"). Operators run on views of the same memory as the processor's; an operator that mixes devices fails as on a GPU, backward runs
// in a thread of the device as on a GPU, and copies between the devices are counted.
#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <atomic>
#include <cstring>

namespace {

constexpr auto place = c10::DeviceType::PrivateUse1;
std::atomic<int64_t> to_device{0}, to_host{0};

C10_REGISTER_GUARD_IMPL(PrivateUse1, c10::impl::NoOpDeviceGuardImpl<c10::DeviceType::PrivateUse1>);

void drop(void* owner) { delete static_cast<at::Tensor*>(owner); }

// The same memory under another device; the result keeps the tensor alive.
at::Tensor as(const at::Tensor& tensor, c10::DeviceType device) {
    auto key = device == place ? c10::DispatchKey::PrivateUse1 : c10::DispatchKey::CPU;
    auto target = c10::Device(device, device == place ? 0 : -1);
    c10::DataPtr data(tensor.storage().data(), new at::Tensor(tensor), &drop, target);
    // Results that an operator makes room for itself begin without elements: the processor's twin may grow.
    c10::Storage storage(c10::Storage::use_byte_size_t(), tensor.storage().nbytes(), std::move(data), device == place ? nullptr : c10::GetAllocator(c10::DeviceType::CPU), device != place);
    auto result = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(key), tensor.dtype());
    result.unsafeGetTensorImpl()->set_sizes_and_strides(tensor.sizes(), tensor.strides(), tensor.storage_offset());
    return result;
}

// A view of a tensor of the device with the shape of one of the processor over the same memory.
at::Tensor view_of(const at::Tensor& base, const at::Tensor& shape) {
    auto storage = base.storage();
    auto result = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(c10::DispatchKey::PrivateUse1), shape.dtype());
    result.unsafeGetTensorImpl()->set_sizes_and_strides(shape.sizes(), shape.strides(), shape.storage_offset());
    return result;
}

struct Pair {
    at::Tensor original, twin;
};

// Element-wise arithmetic takes scalars in the processor's memory on a GPU, too.
bool takes_scalars(const std::string& name) {
    for (auto allowed : {"aten::add", "aten::sub", "aten::mul", "aten::div"})
        if (name.compare(0, std::strlen(allowed), allowed) == 0) return true;
    return false;
}

at::Tensor enter(const at::Tensor& tensor, std::vector<Pair>& pairs, const std::string& name) {
    if (!tensor.defined()) return tensor;
    if (tensor.device().type() != place) {
        TORCH_CHECK(tensor.dim() == 0 && takes_scalars(name), name, ": expected all tensors to be on the same device, but found cpu and privateuseone");
        return tensor;
    }
    pairs.push_back({tensor, as(tensor, c10::DeviceType::CPU)});
    return pairs.back().twin;
}

at::Tensor leave(const at::Tensor& tensor, const std::vector<Pair>& pairs) {
    if (!tensor.defined()) return tensor;
    for (auto& pair : pairs)
        if (pair.twin.is_same(tensor)) return pair.original;
    for (auto& pair : pairs)
        if (pair.twin.storage().data() == tensor.storage().data() && tensor.storage().data() != nullptr) return view_of(pair.original, tensor);
    return as(tensor, place);
}

// What an operator gave another size or other memory.
void follow(const Pair& pair) {
    auto& twin = pair.twin;
    if (pair.original.sizes() == twin.sizes() && pair.original.strides() == twin.strides()) return;
    auto storage = pair.original.storage().unsafeGetStorageImpl();
    if (twin.storage().data() != storage->data()) {
        storage->set_data_ptr_noswap(c10::DataPtr(twin.storage().data(), new at::Tensor(twin), &drop, c10::Device(place, 0)));
        storage->set_nbytes(twin.storage().nbytes());
    }
    pair.original.unsafeGetTensorImpl()->set_sizes_and_strides(twin.sizes(), twin.strides(), twin.storage_offset());
}

void anything(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
    auto& schema = op.schema();
    auto& name = schema.name();
    size_t count = schema.arguments().size();
    size_t first = stack->size() - count;
    std::vector<Pair> pairs;
    bool made_here = false;
    for (size_t i = first; i < stack->size(); i++) {
        auto& value = (*stack)[i];
        if (value.isTensor()) {
            value = enter(value.toTensor(), pairs, name);
        } else if (value.isTensorList()) {
            c10::List<at::Tensor> list;
            for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(enter(tensor, pairs, name));
            value = std::move(list);
        } else if (value.isOptionalTensorList()) {
            c10::List<c10::optional<at::Tensor>> list;
            auto given = value.toOptionalTensorVector();
            for (auto& tensor : given) list.push_back(tensor.has_value() ? c10::optional<at::Tensor>(enter(*tensor, pairs, name)) : c10::nullopt);
            value = std::move(list);
        } else if (value.isDevice() && value.toDevice().type() == place) {
            value = c10::Device(c10::DeviceType::CPU);
            made_here = true;
        }
    }
    TORCH_CHECK(!pairs.empty() || made_here, name, ": no tensor of the device");
    if (name == "aten::_local_scalar_dense") to_host++;
    {
        at::AutoDispatchBelowADInplaceOrView below;
        op.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
    }
    for (auto& pair : pairs) follow(pair);
    for (size_t i = stack->size() - schema.returns().size(); i < stack->size(); i++) {
        auto& value = (*stack)[i];
        if (value.isTensor()) {
            value = leave(value.toTensor(), pairs);
        } else if (value.isTensorList()) {
            c10::List<at::Tensor> list;
            for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(leave(tensor, pairs));
            value = std::move(list);
        }
    }
}

at::Tensor& copy_(at::Tensor& self, const at::Tensor& source, bool) {
    bool in = self.device().type() == place, from = source.device().type() == place;
    if (in && !from) to_device++;
    if (from && !in) to_host++;
    auto target = in ? as(self, c10::DeviceType::CPU) : self;
    target.copy_(from ? as(source, c10::DeviceType::CPU) : source);
    return self;
}

}  // namespace

TORCH_LIBRARY_IMPL(_, PrivateUse1, m) { m.fallback(torch::CppFunction::makeFromBoxedFunction<&anything>()); }
TORCH_LIBRARY_IMPL(aten, PrivateUse1, m) { m.impl("copy_", &copy_); }

extern "C" {
__attribute__((visibility("default"))) int64_t second_device_copies_in(void) { return to_device.load(); }
__attribute__((visibility("default"))) int64_t second_device_copies_out(void) { return to_host.load(); }
}
