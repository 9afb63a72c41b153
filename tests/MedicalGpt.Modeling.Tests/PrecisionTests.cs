using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>bf16 compute with fp32 masters.</summary>
[Trait("Device", "any")]
public sealed class PrecisionTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Bf16_loss_and_gradients_are_those_of_fp32_up_to_rounding(bool lora, bool checkpointing)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden(lora ? "lora/all_linear_r8" : "models/qwen2_tied");
        var adapter = lora ? Path.Combine(golden.Folder, "adapter") : null;
        using var model = Models.Tied(new LoadOptions { Precision = Precision.BFloat16, Trained = !lora, Adapter = adapter, AdapterTrained = lora });
        model.GradientCheckpointing = checkpointing;
        var prefix = lora ? "" : "right_";
        var (layout, _) = Batches.Real(golden.Inputs[$"{prefix}input_ids"], golden.Inputs[$"{prefix}attention_mask"], golden.Inputs["labels"]);
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        loss.dtype.ShouldBe(ScalarType.Float32);
        // bf16 keeps 8 bits (relative rounding 0.4 %); the tiny models' logits have a standard deviation of several units.
        loss.item<float>().ShouldBe(golden.Outputs["loss"].item<float>(), 0.1f);
        loss.backward();
        var expected = golden.File("grads.safetensors");
        foreach (var parameter in model.TrainableParameters())
        {
            parameter.Value.grad!.dtype.ShouldBe(ScalarType.Float32, parameter.Name);
            var (a, b) = (parameter.Value.grad!.cpu().flatten(), expected[parameter.Name].flatten());
            var cosine = a.mul(b).sum().div(a.square().sum().mul(b.square().sum()).sqrt()).item<float>();
            // Gradients of key biases nearly cancel (softmax ignores a common shift), so rounding weighs most there.
            cosine.ShouldBeGreaterThan(0.95f, parameter.Name);
        }
    }

    [Fact]
    public void Fp16_keeps_frozen_weights_in_half_precision_and_computes_in_fp32_where_the_processor_has_no_half_products()
    {
        using var scope = NewDisposeScope();
        var golden = new Golden("lora/all_linear_r8");
        var precision = Precision.Float16On(TestDevice.Name);
        using var model = Models.Tied(new LoadOptions { Precision = precision, Adapter = Path.Combine(golden.Folder, "adapter"), AdapterTrained = true });
        model.Parameters.ShouldAllBe(p => p.Value.dtype == ScalarType.Float16);
        model.TrainableParameters().ShouldAllBe(p => p.Value.dtype == ScalarType.Float32);
        (precision.Notice is null).ShouldBe(precision.Compute == ScalarType.Float16);
        precision.ScalesLoss.ShouldBeTrue();
        var (layout, _) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"], golden.Inputs["labels"]);
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        // fp16 keeps 11 bits of a weight: relative rounding 0.05 %.
        loss.item<float>().ShouldBe(golden.Outputs["loss"].item<float>(), 0.02f);
        loss.backward();
        var expected = golden.File("grads.safetensors");
        foreach (var parameter in model.TrainableParameters())
        {
            var (a, b) = (parameter.Value.grad!.cpu().flatten(), expected[parameter.Name].flatten());
            a.mul(b).sum().div(a.square().sum().mul(b.square().sum()).sqrt()).item<float>().ShouldBeGreaterThan(0.999f, parameter.Name);
        }

        new TextGenerator(model).Generate(new GenerationRequest([[5, 6, 7]], new SamplingOptions(4, 0), []))[0].Ids.Length.ShouldBe(4);
    }
}
