namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>Options that cannot be used, those of plugins among them: all at once, before anything is read.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class BadOptionTests(TinyModel model) : IDisposable
{
    private readonly RefusedRun _run = new(model);

    private string Prompts => _run.Write("prompts.jsonl", [.. Enumerable.Repeat("""{"question":"a","solution":"b"}""", 8)]);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Out_of_range() => (await _run.TrainAsync("dpo", _run.Write("rows.jsonl", RefusedRun.GoodPair), "--beta", "-1", "--learning-rate", "x", "--per-device-train-batch-size", "0")).ShouldBe("""
        error: 3 options are wrong.
          --learning-rate: given 'x' (command line); allowed: a number >= 0 and <= 1
          --per-device-train-batch-size: given '0' (command line); allowed: a whole number >= 1 and <= 65536
          --beta: given '-1' (command line); allowed: a number > 0 and <= 100
        """);

    [Fact]
    public async Task Unknown() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", RefusedRun.Good), "--learnig-rate", "1e-3")).ShouldBe("""
        error: 1 option is wrong.
          --learnig-rate: unknown option; did you mean --learning-rate? (command line)
        """);

    [Fact]
    public async Task No_such_device() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", RefusedRun.Good), "--device", "cuda:99")).ShouldStartWith("""
        error: The device is not there.
          place:   --device
          given:   cuda:99
          allowed: cpu
        """);

    [Fact]
    public async Task Unknown_reward() => (await _run.TrainAsync("grpo", Prompts, "--reward-functions", "exact-anser")).ShouldBe("""
        error: No plugin gives the reward 'exact-anser'.
          allowed: answer-format, choice, exact-answer, learned-reward, length-penalty
          remedy:  did you mean 'exact-answer'?
        """);

    [Fact]
    public async Task No_reward() => (await _run.TrainAsync("grpo", Prompts)).ShouldBe("""
        error: Nothing scores the answers, so nothing would be learned.
          place:   stage grpo
          given:   no reward function
          remedy:  name some with --reward-functions (medgpt plugins lists them)
        """);

    [Fact]
    public async Task A_rewards_option_out_of_range() => (await _run.TrainAsync("grpo", Prompts, "--reward-functions", "length-penalty", "--length-penalty-full", "0")).ShouldBe("""
        error: 1 option is wrong.
          --length-penalty-full: given '0' (command line); allowed: a whole number >= 1
        """);

    [Fact]
    public async Task Fewer_rows_than_a_collection() => (await _run.TrainAsync("grpo", _run.Write("prompts.jsonl", """{"question":"a","answer":"b"}"""), "--reward-functions", "exact-answer")).ShouldBe(
        "error: stage grpo: 1 training rows are fewer than one collection of 2; give more rows, or lower --per_device_train_batch_size or --gradient_accumulation_steps");

    [Fact]
    public async Task An_output_folder_that_is_a_file()
    {
        var block = (await Medgpt.RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--train-file-dir", _run.Write("rows.jsonl", RefusedRun.Good), "--max-steps", "1", "--output-dir", _run.Write("taken", "mine"))).ShouldRefuse();
        _run.Short(block).ShouldBe("""
            error: The output folder cannot be written. Checkpoints that are there are whole.
              place:   --output-dir DIR/taken
              given:   a file
              allowed: a folder that can be written
              remedy:  free some disk space, mend the permissions or name another folder, then continue with --resume-from-checkpoint auto
            """);
        (await File.ReadAllTextAsync(_run["taken"])).ShouldBe("mine\n");
    }

    [Fact]
    public async Task An_output_folder_with_an_earlier_result()
    {
        Directory.CreateDirectory(_run["earlier"]);
        _run.Write("earlier/model.safetensors", "mine");
        var block = (await Medgpt.RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--train-file-dir", _run.Write("rows.jsonl", RefusedRun.Good), "--output-dir", _run["earlier"])).ShouldRefuse();
        _run.Short(block).ShouldBe("error: --output_dir DIR/earlier holds the results of an earlier run (model.safetensors); choose another folder, continue it with --resume_from_checkpoint auto, or replace it with --overwrite_output_dir true");
        Directory.GetFiles(_run["earlier"]).ShouldHaveSingleItem();
    }
}
