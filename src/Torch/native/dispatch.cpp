// Operators by schema name, called boxed through the ATen dispatcher.
#include "internal.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/Generator.h>
#include <ATen/core/ivalue.h>

#include <cstdlib>
#include <cstring>
#include <sstream>

namespace {

// c10::optional in libtorch 1, std::optional in later ones.
using OptionalTensor = decltype(std::declval<c10::IValue>().toOptional<at::Tensor>());

struct BoundOp {
    c10::OperatorHandle handle;
    std::vector<c10::IValue> defaults;  // one per schema argument
    std::vector<int32_t> position;      // caller's argument -> schema argument
    std::vector<bool> wants_double;     // per caller's argument: the loaded schema says float
};

bool is_float(const c10::TypePtr& type) {
    if (type->kind() == c10::TypeKind::FloatType) return true;
    return type->kind() == c10::TypeKind::OptionalType && is_float(type->containedTypes()[0]);
}

// One stack per thread is used again and again; a call inside a call takes one of its own.
class StackLease {
public:
    StackLease() : outer_(!busy) {
        busy = true;
        if (outer_) shared.clear();
    }
    ~StackLease() {
        if (!outer_) return;
        shared.clear();
        busy = false;
    }
    torch::jit::Stack& stack() { return outer_ ? shared : own_; }

private:
    static thread_local bool busy;
    static thread_local torch::jit::Stack shared;
    bool outer_;
    torch::jit::Stack own_;
};
thread_local bool StackLease::busy = false;
thread_local torch::jit::Stack StackLease::shared;

std::string bind_error(const c10::FunctionSchema& schema, const std::string& what) {
    std::ostringstream text;
    text << what << "; the loaded libtorch has " << schema;
    return text.str();
}

c10::IValue to_ivalue(const mg_value& v, bool wants_double) {
    switch (v.tag) {
        case MG_NONE: return c10::IValue();
        case MG_BOOL: return c10::IValue(v.as.i != 0);
        case MG_INT: return wants_double ? c10::IValue(static_cast<double>(v.as.i)) : c10::IValue(v.as.i);
        case MG_DOUBLE: return c10::IValue(v.as.d);
        case MG_TENSOR: return c10::IValue(mg::borrow(v.as.p));
        case MG_INT_LIST: {
            auto p = static_cast<const int64_t*>(v.as.p);
            return c10::IValue(at::ArrayRef<int64_t>(p, v.count));
        }
        case MG_DOUBLE_LIST: {
            auto p = static_cast<const double*>(v.as.p);
            return c10::IValue(std::vector<double>(p, p + v.count));
        }
        case MG_BOOL_LIST: {
            auto p = static_cast<const uint8_t*>(v.as.p);
            c10::List<bool> list;
            for (int32_t i = 0; i < v.count; i++) list.push_back(p[i] != 0);
            return c10::IValue(std::move(list));
        }
        case MG_TENSOR_LIST: {
            c10::List<at::Tensor> list;
            list.reserve(v.count);
            for (int32_t i = 0; i < v.count; i++) list.push_back(mg::borrow(static_cast<mg_tensor*>(v.as.p)[i]));
            return c10::IValue(std::move(list));
        }
        case MG_OPTIONAL_TENSOR_LIST: {
            c10::List<OptionalTensor> list;
            list.reserve(v.count);
            for (int32_t i = 0; i < v.count; i++) {
                mg_tensor t = static_cast<mg_tensor*>(v.as.p)[i];
                list.push_back(t == nullptr ? OptionalTensor() : OptionalTensor(mg::borrow(t)));
            }
            return c10::IValue(std::move(list));
        }
        case MG_STRING: return c10::IValue(std::string(static_cast<const char*>(v.as.p), v.count));
        case MG_DEVICE: return c10::IValue(mg::device(v.count, v.as.i));
        case MG_GENERATOR: return c10::IValue(*static_cast<at::Generator*>(v.as.p));
        default: TORCH_CHECK(false, "argument tag ", v.tag, " is unknown");
    }
}

void from_ivalue(c10::IValue&& value, mg_value* out) {
    out->count = 0;
    if (value.isTensor()) {
        out->tag = MG_TENSOR;
        out->as.p = mg::give(std::move(value).toTensor());
    } else if (value.isTensorList()) {
        auto list = value.toTensorVector();
        auto handles = static_cast<mg_tensor*>(std::malloc(sizeof(mg_tensor) * (list.empty() ? 1 : list.size())));
        for (size_t i = 0; i < list.size(); i++) handles[i] = mg::give(std::move(list[i]));
        out->tag = MG_TENSOR_LIST;
        out->count = static_cast<int32_t>(list.size());
        out->as.p = handles;
    } else if (value.isInt()) {
        out->tag = MG_INT;
        out->as.i = value.toInt();
    } else if (value.isDouble()) {
        out->tag = MG_DOUBLE;
        out->as.d = value.toDouble();
    } else if (value.isBool()) {
        out->tag = MG_BOOL;
        out->as.i = value.toBool();
    } else if (value.isNone()) {
        out->tag = MG_NONE;
    } else {
        TORCH_CHECK(false, "result of type ", value.tagKind(), " cannot be handed over");
    }
}

}  // namespace

extern "C" {

int32_t mg_op_bind(const char* name, const char* overload, const char* const* argument_names, int32_t count, mg_op* op) {
    return mg::guard([&] {
        auto found = c10::Dispatcher::singleton().findSchema(c10::OperatorName(name, overload));
        TORCH_CHECK(found.has_value(), "the loaded libtorch has no such operator");
        auto& schema = found->schema();
        auto bound = std::make_unique<BoundOp>(BoundOp{*found, {}, {}, {}});
        std::vector<bool> given(schema.arguments().size(), false);
        for (int32_t i = 0; i < count; i++) {
            auto index = schema.argumentIndexWithName(argument_names[i]);
            TORCH_CHECK(index.has_value(), bind_error(schema, std::string("argument '") + argument_names[i] + "' is unknown"));
            bound->position.push_back(*index);
            bound->wants_double.push_back(is_float(schema.arguments()[*index].type()));
            given[*index] = true;
        }
        for (size_t i = 0; i < schema.arguments().size(); i++) {
            auto& argument = schema.arguments()[i];
            bool optional = argument.type()->kind() == c10::TypeKind::OptionalType;
            TORCH_CHECK(given[i] || argument.default_value().has_value() || optional, bind_error(schema, "argument '" + argument.name() + "' has no default and is not given"));
            bound->defaults.push_back(argument.default_value().value_or(c10::IValue()));
        }
        *op = bound.release();
    });
}

int32_t mg_op_find(const char* name, const char* overload, char** schema) {
    return mg::guard([&] {
        auto found = c10::Dispatcher::singleton().findSchema(c10::OperatorName(name, overload));
        TORCH_CHECK(found.has_value(), "the loaded libtorch has no such operator");
        std::ostringstream s;
        s << found->schema();
        *schema = strdup(s.str().c_str());
    });
}

int32_t mg_op_call(mg_op op, const mg_value* arguments, int32_t count, mg_value* results, int32_t capacity, int32_t* produced) {
    return mg::guard([&] {
        auto& bound = *static_cast<BoundOp*>(op);
        size_t total = bound.defaults.size();
        StackLease lease;
        auto& stack = lease.stack();
        int32_t next = 0;
        // Callers pass arguments in schema order nearly always: then each value is built in its place, once.
        for (size_t i = 0; i < total; i++) {
            if (next < count && bound.position[next] == static_cast<int32_t>(i)) {
                stack.push_back(to_ivalue(arguments[next], bound.wants_double[next]));
                next++;
            } else {
                stack.push_back(bound.defaults[i]);
            }
        }
        for (; next < count; next++) stack[bound.position[next]] = to_ivalue(arguments[next], bound.wants_double[next]);
        bound.handle.callBoxed(&stack);
        int32_t n = static_cast<int32_t>(stack.size());
        *produced = n;
        if (n > capacity) n = capacity;
        for (int32_t i = 0; i < n; i++) from_ivalue(std::move(stack[i]), &results[i]);
    });
}

}  // extern "C"
