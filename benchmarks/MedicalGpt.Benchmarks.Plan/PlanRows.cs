using System.Text.Json;

namespace MedicalGpt.Benchmarks.Plan;

/// <summary>Rows of token ids at their longest, as plan takes them.</summary>
internal static class PlanRows
{
    private const int Rows = 64;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="one">The configuration.</param>
    public static void Write(string path, PlanCase one)
    {
        var random = new Random(5);
        int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(20, 280))];
        var (prompt, answer) = (one.Number("--max_source_length", 0), one.Number("--max_target_length", 0));
        File.WriteAllLines(path, Enumerable.Range(0, Rows).Select(_ =>
        {
            switch (one.Method)
            {
                case "pt" or "sft":
                    var ids = Ids(one.Number(one.Method == "pt" ? "--block_size" : "--model_max_length", 0));
                    return JsonSerializer.Serialize(new { input_ids = ids, labels = ids });
                case "grpo" or "ppo":
                    return JsonSerializer.Serialize(new { prompt_ids = Ids(prompt) });
                default:
                    return JsonSerializer.Serialize(new { prompt_ids = Ids(prompt), chosen_ids = Ids(answer), rejected_ids = Ids(answer) });
            }
        }));
    }
}
