using System.Text.Json.Nodes;

namespace MedicalGpt.Benchmarks.Plan;

/// <summary>Makes models and rows, asks for the prediction, trains, and reads the peaks that the run wrote.</summary>
/// <param name="medgpt">The program.</param>
/// <param name="folder">Where models, rows and runs go.</param>
internal sealed class PlanBench(Medgpt medgpt, string folder)
{
    private readonly Dictionary<string, double> baselines = [];

    /// <summary>Measures a configuration.</summary>
    /// <param name="one">The configuration.</param>
    public async Task<PlanResult> RunAsync(PlanCase one)
    {
        if (!baselines.TryGetValue(one.Method, out var baseline))
            baselines[one.Method] = baseline = (await TrainAsync(Small(one.Method))).Process;
        var flags = await FlagsAsync(one);
        var plan = JsonNode.Parse(await medgpt.RunAsync(["plan", "--json", "--method", one.Method, .. flags]))!;
        var (tensors, process) = await TrainAsync(one);
        return new PlanResult(one, (double)plan["peak_bytes"]! - (double)plan["parts"]!["process"]!, tensors, process - baseline);
    }

    private static PlanCase Small(string method) => new("baseline", method, PlanCases.Smallest, method switch
    {
        "pt" => "--block_size 8 --per_device_train_batch_size 1",
        "sft" => "--model_max_length 8 --per_device_train_batch_size 1",
        "grpo" => "--max_source_length 4 --max_completion_length 4 --num_generations 2 --per_device_train_batch_size 2",
        "ppo" => "--max_source_length 4 --max_completion_length 4 --per_device_train_batch_size 1 --reward_source functions --reward_functions length-penalty",
        _ => "--max_source_length 4 --max_target_length 4 --per_device_train_batch_size 1",
    });

    private async Task<(double Tensors, double Process)> TrainAsync(PlanCase one)
    {
        var output = Path.Combine(folder, "run");
        var rows = Path.Combine(folder, "rows.jsonl");
        PlanRows.Write(rows, one);
        await medgpt.RunAsync(["train", one.Method, .. await FlagsAsync(one), "--train_file_dir", rows, "--output_dir", output, "--max_steps", "1", "--save_strategy", "no", "--logging_steps", "1", .. Rewards(one)]);
        var totals = File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Last(line => line["peak_tensor_bytes"] is not null);
        Directory.Delete(output, recursive: true);
        return ((double)totals["peak_tensor_bytes"]!, (double)totals["peak_resident_bytes"]!);
    }

    private static string[] Rewards(PlanCase one) => one.Method == "grpo" ? ["--reward_functions", "length-penalty"] : [];

    private async Task<string[]> FlagsAsync(PlanCase one)
    {
        var model = await ModelAsync(one.Model);
        var flags = $"--model {model} {one.Flags}";
        return (flags.Contains("REWARD") ? flags.Replace("REWARD", await RewardModelAsync(one.Model)) : flags).Split(' ');
    }

    private async Task<string> ModelAsync(string shape)
    {
        var (model, tokenizer) = (Path.Combine(folder, shape.Replace(' ', '-')), Path.Combine(folder, "tokenizer"));
        if (!Directory.Exists(tokenizer))
        {
            var corpus = Path.Combine(folder, "corpus.txt");
            await File.WriteAllLinesAsync(corpus, Enumerable.Range(0, 60).Select(i => $"Take {i} mg of metformin daily."));
            await medgpt.RunAsync(["tokenizer", "train", "--train-file-dir", corpus, "--vocab-size", "300", "--output-dir", tokenizer]);
        }

        if (!Directory.Exists(model))
            await medgpt.RunAsync(["model", "init", "--tokenizer", tokenizer, "--output-dir", model, .. PlanCases.Shapes[shape].Split(' ')]);
        return model;
    }

    // A reward model of the shape: one update of all weights.
    private async Task<string> RewardModelAsync(string shape)
    {
        var reward = Path.Combine(folder, shape.Replace(' ', '-') + "-reward");
        if (Directory.Exists(reward))
            return reward;
        var rows = Path.Combine(folder, "pairs.jsonl");
        PlanRows.Write(rows, Small("rm"));
        await medgpt.RunAsync(["train", "rm", "--model", await ModelAsync(shape), "--use_peft", "false", "--train_file_dir", rows, "--output_dir", reward, "--max_steps", "1", "--save_strategy", "no"]);
        return reward;
    }
}
