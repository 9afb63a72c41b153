using System.Globalization;
using System.Text.Json;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;

namespace MedicalGpt.EndToEnd.Tests.Training;

/// <summary>A recorded TRL run as a command line of <c>medgpt train</c> with <c>--preset trl</c>, and what the command leaves.</summary>
internal sealed class RecordedStage(string stage, GoldenRun run, TemporaryFolder folder)
{
    private readonly List<string> arguments = [];

    public string Output => folder["run"];

    public RecordedStage With(params string[] more)
    {
        arguments.AddRange(more);
        return this;
    }

    /// <summary>The trained model: a LoRA adapter on the run's base, the reference being the base.</summary>
    public RecordedStage WithAdapter(bool reference) => With(
        "--model_name_or_path", Golden.Fixture(run.Golden.Case.GetProperty("base_model").GetString()!),
        "--adapter", Path.Combine(run.Golden.Folder, "initial_adapter")).With(reference ? ["--reference", "base"] : []);

    public RecordedStage WithRows(IEnumerable<Example> rows) => With("--train_file_dir", folder.Write("rows.jsonl", string.Join('\n', rows.Select(Line))));

    public RecordedStage WithReplay(IEnumerable<MedicalGpt.Training.Rollout> answers)
    {
        GoldenRun.WriteReplay(folder["replay.jsonl"], answers);
        return With("--replay_rollouts", folder["replay.jsonl"]);
    }

    /// <summary>Trains and gives the lines of <c>metrics.jsonl</c> that are updates.</summary>
    public async Task<List<Dictionary<string, double>>> TrainAsync(string? plugins = null)
    {
        string[] recorded =
        [
            "train", stage, "--device", MedicalGpt.Tests.TestDevice.IsProcessor ? "cpu" : MedicalGpt.Tests.TestDevice.Name, "--preset", "trl", "--output_dir", Output, "--shuffle", "false", "--logging_steps", "1", "--save_strategy", "no",
            "--tokenizer_name_or_path", Golden.Fixture("trainers/sft_full/tokenizer"),
            "--per_device_train_batch_size", Number("per_device_train_batch_size"), "--gradient_accumulation_steps", Number("gradient_accumulation_steps"),
            "--max_steps", Number("max_steps"), "--learning_rate", Number("learning_rate"), "--lr_scheduler_type", run.Arguments.GetProperty("lr_scheduler_type").GetString()!,
            "--warmup_steps", Number("warmup_steps"), "--weight_decay", Number("weight_decay"),
        ];
        var environment = plugins is null ? null : new Dictionary<string, string> { ["MEDGPT_PLUGINS"] = plugins };
        (await Medgpt.RunAsync([.. recorded, .. arguments], input: null, environment)).ShouldSucceed();
        return [.. File.ReadLines(Path.Combine(Output, "metrics.jsonl")).Select(Numbers).Where(line => line.ContainsKey("loss"))];
    }

    public string Number(string argument) => run.Number(argument).ToString(CultureInfo.InvariantCulture);

    private static string Line(Example row) => row switch
    {
        TokenizedSequence sequence => JsonSerializer.Serialize(new { input_ids = sequence.InputIds, labels = sequence.Labels }),
        TokenizedPair pair => JsonSerializer.Serialize(new { prompt_ids = pair.PromptIds, chosen_ids = pair.ChosenIds, rejected_ids = pair.RejectedIds }),
        TokenizedPrompt prompt => JsonSerializer.Serialize(new { prompt_ids = prompt.PromptIds }),
        _ => throw new ArgumentException(row.GetType().Name),
    };

    private static Dictionary<string, double> Numbers(string line) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!.Where(p => p.Value.ValueKind == JsonValueKind.Number).ToDictionary(p => p.Key, p => p.Value.GetDouble());
}
