using System.Text.Json;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>AdamW and clipping against torch's own (golden/sched_opt).</summary>
public sealed class AdamWTests
{
    [Theory]
    [InlineData("adamw", 0.01, 0.999, 1e-8, 0.01, null)]
    [InlineData("adamw_beta2_0.95", 0.003, 0.95, 1e-6, 0.1, null)]
    [InlineData("adamw_clip1", 0.01, 0.999, 1e-8, 0.01, 1.0)]
    public void Twenty_steps_match(string key, double lr, double beta2, double eps, double decay, double? clip)
    {
        using var scope = NewDisposeScope();
        using var inputs = SafetensorsFile.Open(Repository.Golden("sched_opt", "sched_opt", "inputs.safetensors"));
        using var outputs = SafetensorsFile.Open(Repository.Golden("sched_opt", "sched_opt", "outputs.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.Golden("sched_opt", "sched_opt", "case.json")));
        var norms = json.RootElement.GetProperty("configs").GetProperty(key).GetProperty("grad_norm_before_clip");
        var gradients = inputs.Load("grads");
        var expected = outputs.Load(key + ".param_after_step");
        using var parameter = new Parameter(inputs.Load("param0"));
        using var optimizer = optim.AdamW([parameter], lr, 0.9, beta2, eps, decay);
        for (var i = 0; i < 20; i++)
        {
            parameter.grad = gradients[i].clone();
            if (clip is { } limit) nn.utils.clip_grad_norm_([parameter], limit).ShouldBe(norms[i].GetDouble(), 1e-5);
            optimizer.step();
            parameter.allclose(expected[i], rtol: 1e-6, atol: 1e-7).ShouldBeTrue($"step {i}: off by {(parameter - expected[i]).abs().max().item<float>()}");
        }
    }

    [Fact]
    public void Restored_state_continues_to_the_bit()
    {
        using var scope = NewDisposeScope();
        torch.manual_seed(5);
        var gradients = torch.randn(6, 24);
        var start = torch.randn(24);
        using var whole = new Parameter(start.clone());
        using var wholeOptimizer = optim.AdamW([whole], 0.01, weight_decay: 0.1);
        Run(whole, wholeOptimizer, gradients, 0, 6);

        using var first = new Parameter(start.clone());
        using var firstOptimizer = optim.AdamW([first], 0.01, weight_decay: 0.1);
        Run(first, firstOptimizer, gradients, 0, 3);
        using var second = new Parameter(first.detach().clone());
        using var secondOptimizer = optim.AdamW([second], 0.01, weight_decay: 0.1);
        var saved = firstOptimizer.StateOf(first);
        secondOptimizer.StateOf(second).Restore(saved.Step, saved.FirstMoment, saved.SecondMoment);
        Run(second, secondOptimizer, gradients, 3, 6);
        second.data<float>().ToArray().ShouldBe(whole.data<float>().ToArray());
    }

    [Fact]
    public void Groups_have_rates_and_decay_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var decayed = new Parameter(torch.ones(2));
        using var plain = new Parameter(torch.ones(2));
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([decayed], lr: 0.5, weight_decay: 0.1), new AdamW.ParamGroup([plain], lr: 0.5)]);
        decayed.grad = torch.zeros(2);
        plain.grad = torch.zeros(2);
        optimizer.step();
        // Gradient 0 moves nothing; decay takes 1 - 0.5 * 0.1.
        decayed.data<float>().ToArray().ShouldBe([0.95f, 0.95f]);
        plain.data<float>().ToArray().ShouldBe([1f, 1f]);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0;
        decayed.grad = torch.ones(2);
        optimizer.step();
        decayed.data<float>().ToArray().ShouldBe([0.95f, 0.95f]);
    }

    private static void Run(Parameter parameter, AdamW optimizer, Tensor gradients, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            parameter.grad = gradients[i].clone();
            optimizer.step();
        }
    }
}
