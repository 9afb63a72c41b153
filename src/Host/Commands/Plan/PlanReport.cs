using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training.Planning;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary>Writes plans for people and for programs.</summary>
internal static class PlanReport
{
    /// <summary>A stage.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="device">What it would run on.</param>
    /// <param name="card">Memory of this machine's card as it is now; null = it would run elsewhere.</param>
    /// <param name="options">What was asked.</param>
    /// <returns>False when no change that is known fits the memory.</returns>
    public static bool Stage(IAnsiConsole console, PlannedStage stage, DeviceRate device, CudaMemory? card, PlanOptions options)
    {
        var setup = stage.Setup;
        var memory = MemoryModel.Estimate(setup);
        var cost = StepCost.Of(setup);
        var time = stage.Updates(options.Rows) is { } updates ? RunTime.Of(setup, device, updates, measured: options.Card is null && options.Rate is null) : null;
        var budget = stage.Budget ?? (double.IsFinite(device.Memory) ? device.Memory : null);
        var change = budget is { } limit ? PlanSearch.Cheapest(setup, limit) : null;
        if (options.Json)
        {
            console.Json(Json(memory, cost, time, budget, change, card));
            return budget is null || change is not null;
        }

        console.Line(Text($"{setup.Shape.Method}: a micro-batch of {setup.Shape.Tokens:N0} tokens, {setup.Shape.ReadTokens:N0} of them read; {setup.Trained:N0} parameters learn"));
        foreach (var (name, bytes) in memory.Parts.Where(part => part.Value > 0))
            console.Line($"  {name,-18}{Quantity.Gigabytes(bytes),12}");
        console.Line($"  {"peak",-18}{Quantity.Gigabytes(memory.Total),12}");
        console.Line(Text($"an update: {cost.Total / 1e12:0.00} TFLOP (forward {cost.Forward / 1e12:0.00}, backward {cost.Backward / 1e12:0.00}, recomputed {cost.Recomputation / 1e12:0.00}, generation {cost.Generation / 1e12:0.00})"));
        if (time is not null)
            console.Line(Text($"{time.Updates:N0} updates on {device.Name} ({device.Rate / 1e12:0.##} TFLOP/s): {time.Hours(1):0.0} hours on one, {time.Hours(2):0.0} on two"));
        else
            console.Line("how long a run takes: add --rows N (or --max_steps N), and --card NAME or --rate for another machine");
        if (card is { } memoryNow)
            console.Line($"{device.Name}: {Quantity.Gigabytes(memoryNow.Available)} of {Quantity.Gigabytes(memoryNow.Total)} are there for this process; libtorch's allocator holds {Quantity.Gigabytes(memoryNow.Reserved)}, tensors {Quantity.Gigabytes(memoryNow.Allocated)}");
        if (budget is { } bound)
            foreach (var line in Advice(setup, memory, bound, change))
                console.Line(line);
        return budget is null || change is not null;
    }

    /// <summary>The guide's table.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="json">True = as JSON.</param>
    public static void Guide(IAnsiConsole console, IReadOnlyList<GuideRow> rows, bool json)
    {
        if (json)
        {
            console.Json(new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject { ["stage"] = row.Stage, ["guide_from"] = row.GuideMemory.From * 1e9, ["guide_to"] = row.GuideMemory.To * 1e9, ["lora_bf16"] = row.Half, ["qlora_4bit"] = row.FourBit, ["hours_a100"] = row.Hours, ["verdict"] = row.Verdict })]));
            return;
        }

        console.Line("Qwen3-8B, prompts of 1,024 and answers of 512 tokens (PPO 256), one row at a time (GRPO four answers), LoRA of rank 8, checkpointing:");
        console.Line($"  {"stage",-6}{"guide",12}{"bf16",11}{"4-bit",11}   {"guide's hours",-14}{"100,000 rows, A100",-20}memory");
        foreach (var row in rows)
            console.Line(Text($"  {row.Stage,-6}{$"{row.GuideMemory.From}-{row.GuideMemory.To} GB",12}{Quantity.Gigabytes(row.Half),11}{Quantity.Gigabytes(row.FourBit),11}   {(row.GuideHours is { } hours ? $"{hours.From}-{hours.To}" : "not stated"),-14}{row.Hours,-20:0.0}{row.Verdict}"));
        console.Line("The guide does not say how many rows its hours are for.");
    }

    private static IEnumerable<string> Advice(PlanSetup setup, MemoryEstimate memory, double budget, PlanChange? change)
    {
        if (memory.Total <= budget)
        {
            yield return $"fits in {Quantity.Gigabytes(budget)}";
            yield break;
        }

        yield return $"does not fit in {Quantity.Gigabytes(budget)}";
        if (change is null)
        {
            var least = PlanSearch.Smallest(setup);
            yield return $"nothing fits: of all combinations of checkpointing, smaller micro-batches, bf16, an 8-bit optimiser, LoRA and 4-bit weights the smallest needs {Quantity.Gigabytes(MemoryModel.Estimate(least.Setup).Total)}{(least.Flags.Count > 0 ? $" ({string.Join(' ', least.Flags)})" : "")}; take a smaller model, shorter rows or more memory";
            yield break;
        }

        yield return $"the cheapest change that fits ({Quantity.Gigabytes(MemoryModel.Estimate(change.Setup).Total)}): {string.Join(' ', change.Flags)}";
        foreach (var note in change.Note.Distinct())
            yield return "  " + note;
    }

    private static JsonObject Json(MemoryEstimate memory, StepCost cost, RunTime? time, double? budget, PlanChange? change, CudaMemory? card)
    {
        var parts = new JsonObject(memory.Parts.Select(part => KeyValuePair.Create(part.Key.Replace(' ', '_'), (JsonNode?)part.Value)));
        return new JsonObject
        {
            ["peak_bytes"] = memory.Total,
            ["parts"] = parts,
            ["flop_per_update"] = cost.Total,
            ["updates"] = time?.Updates,
            ["hours_one_device"] = time?.Hours(1),
            ["hours_two_devices"] = time?.Hours(2),
            ["budget_bytes"] = budget,
            ["fits"] = budget is { } limit ? memory.Total <= limit : null,
            ["change"] = change is null ? null : new JsonArray([.. change.Flags.Select(flag => (JsonNode)flag)]),
            ["card"] = card is { } now ? new JsonObject { ["free_bytes"] = now.Free, ["total_bytes"] = now.Total, ["allocated_bytes"] = now.Allocated, ["reserved_bytes"] = now.Reserved, ["available_bytes"] = now.Available } : null,
            ["peak_bytes_after_change"] = change is null ? null : MemoryModel.Estimate(change.Setup).Total,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
