using System.Runtime.CompilerServices;
using MedicalGpt.Torch.Interop;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch;

/// <summary>Calls bound operators. Arguments live on the caller's stack; nothing is boxed.</summary>
internal static unsafe class Dispatch
{
    private static readonly OperatorEntry[] Entries = Operator.Entries();
    private static readonly nint[] Bound = Start();

    /// <summary>Forces start-up: loads the native library, installs the byte counters, turns deterministic algorithms on, binds all operators.</summary>
    internal static void Initialize() => RuntimeHelpers.RunClassConstructor(typeof(Dispatch).TypeHandle);

    private static nint[] Start()
    {
        if (NativeMethods.mg_abi_version() != 2) throw new TorchException("libmedgpt_torch.so is of another version than MedicalGpt.Torch.dll; rebuild it with eng/build-native.sh.");
        NativeMethods.Check(NativeMethods.mg_memory_install(), "memory counters");
        NativeMethods.mg_set_deterministic(1, 0);
        return OperatorTable.Bind(Entries);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Tensor One(int op, Value* arguments, int count)
    {
        Value result;
        Call(op, arguments, count, &result, 1);
        return new Tensor((nint)result.Pointer);
    }

    internal static (Tensor First, Tensor Second) Two(int op, Value* arguments, int count)
    {
        var results = stackalloc Value[2];
        Call(op, arguments, count, results, 2);
        return (new Tensor((nint)results[0].Pointer), new Tensor((nint)results[1].Pointer));
    }

    internal static (Tensor First, Tensor Second, Tensor Third) Three(int op, Value* arguments, int count)
    {
        var results = stackalloc Value[3];
        Call(op, arguments, count, results, 3);
        return (new Tensor((nint)results[0].Pointer), new Tensor((nint)results[1].Pointer), new Tensor((nint)results[2].Pointer));
    }

    internal static void None(int op, Value* arguments, int count)
    {
        Value ignored;
        Call(op, arguments, count, &ignored, 0);
    }

    internal static Tensor[] Many(int op, Value* arguments, int count)
    {
        Value result;
        Call(op, arguments, count, &result, 1);
        return Tensors(result);
    }

    internal static bool Boolean(int op, Value* arguments, int count) => Scalar(op, arguments, count).AsDouble() != 0;

    internal static Scalar Scalar(int op, Value* arguments, int count)
    {
        Value result;
        Call(op, arguments, count, &result, 1);
        return Torch.Scalar.From(result);
    }

    /// <summary>Takes over the handles of a list that native code allocated.</summary>
    internal static Tensor[] Tensors(Value list)
    {
        var tensors = new Tensor[list.Count];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(((nint*)list.Pointer)[i]);
        NativeMethods.mg_free(list.Pointer);
        return tensors;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Call(int op, Value* arguments, int count, Value* results, int capacity)
    {
        int produced;
        var bound = Bound[op];
        if (bound == 0 || NativeMethods.mg_op_call(bound, arguments, count, results, capacity, &produced) != 0) Fail(op, arguments, count);
    }

    private static void Fail(int op, Value* arguments, int count)
    {
        var entry = Entries[op];
        if (Bound[op] == 0) throw new TorchException($"{entry.FullName} needs libtorch {entry.Since} or newer; {OperatorTable.Version} is loaded.");
        var error = NativeMethods.LastError();
        throw TorchException.From(entry.FullName, ArgumentText.Describe(entry, arguments, count), error, ManagedFunction.TakePending());
    }
}
