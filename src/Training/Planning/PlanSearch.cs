namespace MedicalGpt.Training.Planning;

/// <summary>Finds the cheapest change of options that fits a memory budget: every combination of a few changes is priced, the cheapest that fits wins.</summary>
public static class PlanSearch
{
    /// <summary>Searches.</summary>
    /// <param name="setup">The stage as it is.</param>
    /// <param name="budget">Bytes.</param>
    /// <returns>The cheapest change; no flags when the stage fits as it is; null when nothing fits.</returns>
    public static PlanChange? Cheapest(PlanSetup setup, double budget) =>
        All(setup).Where(change => MemoryModel.Estimate(change.Setup).Total <= budget)
            .OrderBy(change => change.Price * StepCost.Of(change.Setup).Total / StepCost.Of(setup).Total)
            .ThenBy(change => change.Flags.Count)
            .FirstOrDefault();

    /// <summary>The change that needs the least memory; of several the one with the fewest flags.</summary>
    /// <param name="setup">The stage as it is.</param>
    /// <returns>The change; no flags when nothing saves memory.</returns>
    public static PlanChange Smallest(PlanSetup setup) => All(setup).OrderBy(change => MemoryModel.Estimate(change.Setup).Total).ThenBy(change => change.Flags.Count).First();

    private static IEnumerable<PlanChange> All(PlanSetup setup)
    {
        var start = new PlanChange([], setup, 1, []);
        IEnumerable<PlanChange> all = [start];
        foreach (var step in new Func<PlanChange, IEnumerable<PlanChange>>[] { Checkpointing, Batches, Narrower, FewerStates, Adapter, Quantized })
            all = [.. all.SelectMany(change => step(change).Prepend(change))];
        return all;
    }

    private static IEnumerable<PlanChange> Checkpointing(PlanChange from)
    {
        if (!from.Setup.Checkpointing)
            yield return With(from, "--gradient_checkpointing", from.Setup with { Checkpointing = true }, 1, "results stay the same");
    }

    // Halving a micro-batch and doubling the accumulation leaves results as they are; smaller products run a little less well.
    private static IEnumerable<PlanChange> Batches(PlanChange from)
    {
        var shape = from.Setup.Shape;
        for (var cut = 2; cut <= shape.Answers && (shape.Prompts % cut == 0 || (shape.Prompts == 1 && shape.AnswersPerPrompt % cut == 0)); cut *= 2)
        {
            var byPrompts = shape.Prompts % cut == 0;
            var smaller = shape with
            {
                Prompts = byPrompts ? shape.Prompts / cut : shape.Prompts,
                AnswersPerPrompt = byPrompts ? shape.AnswersPerPrompt : shape.AnswersPerPrompt / cut,
                ReadTokens = shape.ReadTokens / cut,
                Accumulation = shape.Accumulation * cut,
                RowsPerMicroBatch = shape.RowsPerMicroBatch / cut,
            };
            if (!byPrompts && shape.Method is "rm" or "dpo" or "orpo")
                yield break;
            var rows = shape.Method is "grpo" or "ppo" ? smaller.Answers : smaller.Prompts;
            yield return With(from, $"--per_device_train_batch_size {rows} --gradient_accumulation_steps {smaller.Accumulation}", from.Setup with { Shape = smaller }, 1 + 0.02 * Math.Log2(cut), "results stay the same");
        }
    }

    private static IEnumerable<PlanChange> Narrower(PlanChange from)
    {
        if (from.Setup.StoredBytes == 4)
        {
            var note = from.Setup.NarrowComputeBytes == 4 ? "frozen weights are rounded to bf16; this device computes with them in fp32" : "products are rounded to bf16; masters stay fp32";
            yield return With(from, from.Setup.NarrowFlag, from.Setup with { ComputeBytes = from.Setup.NarrowComputeBytes, StoredBytes = 2 }, 1.05, note);
        }
    }

    private static IEnumerable<PlanChange> FewerStates(PlanChange from)
    {
        if (from.Setup.OptimizerBytes > 2)
            yield return With(from, "--optim adamw_8bit", from.Setup with { OptimizerBytes = 2.03 }, 1.1, "the optimiser's state is kept in 8 bits");
    }

    private static IEnumerable<PlanChange> Adapter(PlanChange from)
    {
        if (from.Setup.LoraRank is null)
            yield return With(from, "--use_peft True --lora_rank 16", from.Setup with { LoraRank = 16, ReferenceIsCopy = false }, 1.5, "an adapter learns instead of all weights");
    }

    private static IEnumerable<PlanChange> Quantized(PlanChange from)
    {
        if (from.Setup is { QuantizedBits: null, LoraRank: not null })
            yield return With(from, "--load_in_4bit True --bnb_4bit_use_double_quant True", from.Setup with { QuantizedBits = NormalFloatBits }, 1.6, "frozen weights are rounded to 4 bits");
    }

    /// <summary>Bits per weight of NF4 with block 64 and double quantisation: 4 + 8/64 + 32/(64 · 256).</summary>
    public const double NormalFloatBits = 4 + 8.0 / 64 + 32.0 / (64 * 256);

    private static PlanChange With(PlanChange from, string flag, PlanSetup setup, double price, string note) =>
        new([.. from.Flags, flag], setup, from.Price * price, [.. from.Note, note]);
}
