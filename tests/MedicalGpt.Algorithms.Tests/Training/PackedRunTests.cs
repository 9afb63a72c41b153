using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Pretrain;
using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>What the trainer does for an algorithm beside its updates: packing, evaluation.</summary>
[Trait("Device", "any")]
public sealed class PackedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Text_is_packed_before_training()
    {
        var run = new GoldenRun("sft_lora_accum2");
        var rows = run.Sequences().Take(12).ToArray();
        var tokens = rows.Cast<MedicalGpt.Data.TokenizedSequence>().Sum(r => r.InputIds.Length);
        var log = await Stage.RunAsync("pt", new PretrainAlgorithm(new PretrainOptions { BlockSize = 16 }), rows, () => RunModels.Lora(run), folder.Path, new OptimizerOptions(), o => o with { PerDeviceTrainBatchSize = 1 });

        log.Count.ShouldBe((tokens + 15) / 16);
        log[^1]["num_tokens"].ShouldBe(tokens);
    }

    [Fact]
    public async Task Packed_dialogues_learn_the_same()
    {
        // One update over the same eight rows, packed or not: the same loss and the same gradient.
        var run = new GoldenRun("sft_lora_accum2");
        var rows = run.Sequences().Take(8).ToArray();
        var plain = await OneAsync(new SftOptions { ModelMaxLength = 40 }, "plain");
        var packed = await OneAsync(new SftOptions { ModelMaxLength = 40, Packing = true }, "packed");
        packed["loss"].ShouldBe(plain["loss"], 1e-5);
        packed["grad_norm"].ShouldBe(plain["grad_norm"], 1e-4);
        packed["entropy"].ShouldBe(plain["entropy"], 1e-5);

        async Task<Dictionary<string, double>> OneAsync(SftOptions options, string name) =>
            (await Stage.RunAsync("sft", new SftAlgorithm(options), rows, () => RunModels.Lora(run), folder.File(name), new OptimizerOptions(), o => o with { PerDeviceTrainBatchSize = 8 })).Single();
    }

    [Fact]
    public async Task Held_out_prompts_are_answered_once_whatever_the_group_size()
    {
        var run = new GoldenRun("grpo_lora");
        var (prompts, answers) = run.GroupedRollouts();
        GoldenRun.WriteReplay(folder.File("replay.jsonl"), answers);
        using var models = RunModels.Lora(run);
        var algorithm = new GrpoAlgorithm(new GrpoOptions { NumGenerations = 4, MaxCompletionLength = 8 });
        var context = new LossContext(models, new BatchShape(3, 1), folder.File("replay.jsonl")) { Evaluating = true };
        using var experience = await algorithm.CollectAsync([.. prompts.Take(3).Select(p => algorithm.Encode(p, context.Encoder).Example!)], context, CancellationToken.None);

        experience.Samples.Count.ShouldBe(3);
        var first = new[] { answers[0], answers[4], answers[8] };
        experience.Metrics.Values["reward"].ShouldBe(first.Average(a => (a.CompletionIds.Length / 10.0) + (0.5 * a.CompletionIds.Average(id => id % 2 == 0 ? 1.0 : 0.0))), 1e-9);
    }
}
