using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Torch.Tests;

/// <summary>Binding against the loaded libtorch.</summary>
public sealed class OperatorTableTests
{
    [Fact]
    public void All_missing_operators_are_reported_in_one_error()
    {
        Operators.Initialize();
        var error = Should.Throw<TorchException>(() => OperatorTable.Bind(
        [
            new("aten::add", "Tensor", ["self", "other"], ""),
            new("aten::no_such_thing", "", ["self"], ""),
            new("aten::mm", "", ["self", "other"], ""),
            new("aten::mm", "", ["self"], ""),
        ]));
        error.Message.ShouldContain("lacks 3 operator(s)");
        error.Message.ShouldContain("aten::no_such_thing: the loaded libtorch has no such operator");
        error.Message.ShouldContain("aten::mm: argument 'other' is unknown; the loaded libtorch has aten::mm(Tensor self, Tensor mat2)");
        error.Message.ShouldContain("aten::mm: argument 'mat2' has no default and is not given");
    }

    [Fact]
    public void An_operator_of_a_later_libtorch_may_be_missing() =>
        OperatorTable.Bind([new("aten::of_the_future", "", ["self"], "99.0")]).ShouldBe([0]);

    [Fact]
    public void Schemas_of_the_loaded_libtorch_can_be_read()
    {
        Operators.Schema("aten::mm").ShouldBe("aten::mm(Tensor self, Tensor mat2) -> Tensor");
        Operators.Schema("aten::no_such_thing").ShouldBeNull();
    }
}
