// Backward, gradients of chosen inputs, and differentiable functions whose two halves the caller provides.
#include "internal.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {

using torch::autograd::variable_list;

struct Sink {
    variable_list outputs;
    variable_list saved;
    variable_list not_differentiable;
    std::string error;
};

// Owns the caller's state for as long as the graph node lives.
struct State final : torch::CustomClassHolder {
    mg_forward_fn forward;
    mg_backward_fn backward;
    mg_release_fn release;
    void* state;
    int32_t inputs = 0;
    ~State() override {
        if (release != nullptr) release(state);
    }
};

std::vector<mg_tensor> handles_of(const variable_list& tensors) {
    std::vector<mg_tensor> handles;
    handles.reserve(tensors.size());
    for (auto& t : tensors) handles.push_back(t.defined() ? t.unsafeGetTensorImpl() : nullptr);
    return handles;
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    static variable_list forward(torch::autograd::AutogradContext* ctx, at::TensorList inputs, c10::intrusive_ptr<State> state) {
        c10::AutoGradMode restore(c10::GradMode::is_enabled());
        state->inputs = static_cast<int32_t>(inputs.size());
        variable_list list(inputs.begin(), inputs.end());
        auto handles = handles_of(list);
        Sink sink;
        if (state->forward(state->state, handles.data(), state->inputs, &sink) != 0) TORCH_CHECK(false, sink.error);
        ctx->save_for_backward(std::move(sink.saved));
        ctx->mark_non_differentiable(sink.not_differentiable);
        ctx->set_materialize_grads(false);
        ctx->saved_data["state"] = c10::IValue::make_capsule(std::move(state));
        return std::move(sink.outputs);
    }

    static variable_list backward(torch::autograd::AutogradContext* ctx, variable_list grads) {
        c10::AutoGradMode restore(c10::GradMode::is_enabled());
        auto capsule = ctx->saved_data["state"].toCapsule();
        auto state = static_cast<State*>(capsule.get());
        auto saved = ctx->get_saved_variables();
        auto grad_handles = handles_of(grads);
        auto saved_handles = handles_of(saved);
        Sink sink;
        if (state->backward(state->state, grad_handles.data(), static_cast<int32_t>(grads.size()), saved_handles.data(), static_cast<int32_t>(saved.size()), &sink) != 0)
            TORCH_CHECK(false, sink.error);
        TORCH_CHECK(static_cast<int32_t>(sink.outputs.size()) == state->inputs, "backward returned ", sink.outputs.size(), " gradients for ", state->inputs, " inputs");
        sink.outputs.emplace_back();  // the state argument of forward has no gradient
        return std::move(sink.outputs);
    }
};

}  // namespace

extern "C" {

int32_t mg_grad_mode(void) { return c10::GradMode::is_enabled(); }

void mg_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

int32_t mg_backward(const mg_tensor* tensors, const mg_tensor* grads, int32_t count, int32_t retain_graph, int32_t create_graph, const mg_tensor* inputs, int32_t input_count) {
    return mg::guard([&] {
        auto grad_list = grads == nullptr ? variable_list() : mg::borrow_all(grads, count);
        torch::autograd::backward(mg::borrow_all(tensors, count), grad_list, retain_graph != 0, create_graph != 0, mg::borrow_all(inputs, input_count));
    });
}

int32_t mg_grad(const mg_tensor* outputs, int32_t output_count, const mg_tensor* inputs, int32_t input_count, const mg_tensor* grad_outputs, int32_t retain_graph,
                int32_t create_graph, int32_t allow_unused, mg_tensor* grads) {
    return mg::guard([&] {
        auto given = grad_outputs == nullptr ? variable_list() : mg::borrow_all(grad_outputs, output_count);
        auto result = torch::autograd::grad(mg::borrow_all(outputs, output_count), mg::borrow_all(inputs, input_count), given, retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++) grads[i] = mg::give(std::move(result[i]));
    });
}

void mg_sink_output(mg_sink sink, mg_tensor t) { static_cast<Sink*>(sink)->outputs.push_back(mg::borrow(t)); }
void mg_sink_save(mg_sink sink, mg_tensor t) { static_cast<Sink*>(sink)->saved.push_back(mg::borrow(t)); }
void mg_sink_not_differentiable(mg_sink sink, mg_tensor t) { static_cast<Sink*>(sink)->not_differentiable.push_back(mg::borrow(t)); }
void mg_sink_error(mg_sink sink, const char* text) { static_cast<Sink*>(sink)->error = text; }

int32_t mg_function_apply(mg_forward_fn forward, mg_backward_fn backward, mg_release_fn release, void* state, const mg_tensor* inputs, int32_t count, mg_value* outputs) {
    auto holder = c10::make_intrusive<State>();
    holder->forward = forward;
    holder->backward = backward;
    holder->release = release;
    holder->state = state;
    return mg::guard([&] {
        auto list = mg::borrow_all(inputs, count);
        auto result = ManagedFunction::apply(at::TensorList(list), std::move(holder));
        auto handles = static_cast<mg_tensor*>(std::malloc(sizeof(mg_tensor) * (result.empty() ? 1 : result.size())));
        for (size_t i = 0; i < result.size(); i++) handles[i] = mg::give(std::move(result[i]));
        outputs->tag = MG_TENSOR_LIST;
        outputs->count = static_cast<int32_t>(result.size());
        outputs->as.p = handles;
    });
}

}  // extern "C"
