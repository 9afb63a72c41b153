using MedicalGpt.Torch.Extras;
using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;
using F = MedicalGpt.Torch.torch.nn.functional;

namespace MedicalGpt.Torch.Tests;

/// <summary>Functions with a backward of their own: graph, recomputation, errors, lifetime.</summary>
public sealed class AutogradFunctionTests
{
    [Fact]
    public void Gradients_reach_all_tensor_inputs()
    {
        using var scope = NewDisposeScope();
        var a = torch.tensor([2f, 3f], requires_grad: true);
        var b = torch.tensor([5f, 7f], requires_grad: true);
        var product = new Product().Apply(a, b)[0];
        product.requires_grad.ShouldBeTrue();
        product.sum().backward();
        a.grad!.data<float>().ToArray().ShouldBe([5f, 7f]);
        b.grad!.data<float>().ToArray().ShouldBe([2f, 3f]);
    }

    [Fact]
    public void An_output_saved_for_backward_makes_no_cycle()
    {
        var before = Garbage.CollectThenLiveBytes();
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            var x = torch.ones([256], requires_grad: true);
            new Exponential().Apply(x)[0].sum().backward();
            x.grad!.data<float>()[0].ShouldBe(MathF.E, 1e-6f);
        }

        Garbage.CollectThenLiveBytes().ShouldBe(before);
    }

    [Fact]
    public void Recomputation_with_frozen_embedding_and_dropout_gives_the_plain_gradients()
    {
        using var scope = NewDisposeScope();
        torch.manual_seed(3);
        var embedding = torch.randn(11, 6);
        var weight = new Parameter(torch.randn(6, 6));
        var ids = torch.tensor([1L, 4L, 4L, 9L]);

        torch.manual_seed(17);
        Layer(F.embedding(ids, embedding), weight).square().sum().backward();
        var plain = weight.grad!.data<float>().ToArray();
        weight.grad = null;

        torch.manual_seed(17);
        var output = new Recomputed(Layer).Apply(F.embedding(ids, embedding), weight)[0];
        // Other random numbers between forward and backward must not matter, and must go on as if nothing had happened.
        var drawn = torch.rand(3).data<float>().ToArray();
        var expectedNext = torch.get_rng_state().data<byte>().ToArray();
        output.square().sum().backward();
        drawn.Length.ShouldBe(3);
        torch.get_rng_state().data<byte>().ToArray().ShouldBe(expectedNext);
        weight.grad.ShouldNotBeNull();
        weight.grad!.data<float>().ToArray().ShouldBe(plain);
        plain.ShouldContain(g => g != 0);
    }

    [Fact]
    public void An_exception_in_a_callback_keeps_grad_mode_and_scope_and_is_the_cause()
    {
        using var scope = NewDisposeScope();
        var x = torch.ones([2], requires_grad: true);
        var inForward = Should.Throw<TorchException>(() => new Failing(inForward: true).Apply(x));
        inForward.InnerException.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("forward fails");
        is_grad_enabled().ShouldBeTrue();
        CurrentDisposeScope.ShouldBeSameAs(scope);

        var y = new Failing(inForward: false).Apply(x)[0];
        var inBackward = Should.Throw<TorchException>(() => y.sum().backward());
        inBackward.InnerException.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("backward fails");
        is_grad_enabled().ShouldBeTrue();
        CurrentDisposeScope.ShouldBeSameAs(scope);
        (x * 2).requires_grad.ShouldBeTrue();
    }

    [Fact]
    public void The_function_object_is_released_with_the_graph()
    {
        var reference = RunOnce();
        Garbage.CollectThenLiveBytes();
        reference.TryGetTarget(out _).ShouldBeFalse();

        static WeakReference<Product> RunOnce()
        {
            using var scope = NewDisposeScope();
            var function = new Product();
            var a = torch.ones([2], requires_grad: true);
            function.Apply(a, a)[0].sum().backward();
            return new WeakReference<Product>(function);
        }
    }

    private static Tensor Layer(Tensor[] inputs) => Layer(inputs[0], inputs[1]);

    private static Tensor Layer(Tensor input, Tensor weight) => F.dropout(F.linear(input, weight), 0.5);

    private sealed class Product : DifferentiableFunction
    {
        protected internal override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
        {
            context.Save(inputs[0], inputs[1]);
            return [inputs[0] * inputs[1]];
        }

        protected internal override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved) => [gradients[0]! * saved[1], gradients[0]! * saved[0]];
    }

    private sealed class Exponential : DifferentiableFunction
    {
        protected internal override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
        {
            var y = inputs[0].exp();
            context.Save(y);
            return [y];
        }

        protected internal override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved) => [gradients[0]! * saved[0]];
    }

    private sealed class Failing(bool inForward) : DifferentiableFunction
    {
        protected internal override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
        {
            if (!inForward) return [inputs[0] * 2];
            using var grads = enable_grad();
            throw new InvalidOperationException("forward fails");
        }

        protected internal override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
        {
            enable_grad();
            throw new InvalidOperationException("backward fails");
        }
    }

    /// <summary>Keeps only its inputs and runs the body a second time, with the same random numbers, in backward.</summary>
    private sealed class Recomputed(Func<Tensor[], Tensor> body) : DifferentiableFunction
    {
        private RandomState? random;

        protected internal override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
        {
            random = RandomState.Capture();
            context.Save(inputs);
            return [body(inputs)];
        }

        protected internal override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
        {
            using var grads = enable_grad();
            var inputs = saved.Select(s => s.detach().requires_grad_(s.requires_grad)).ToArray();
            var output = random!.Replay(() => body(inputs));
            var wanted = inputs.Where(i => i.requires_grad).ToList();
            var found = autograd.grad([output], wanted, [gradients[0]!]);
            return [.. inputs.Select(i => i.requires_grad ? found[wanted.IndexOf(i)] : null)];
        }
    }
}
