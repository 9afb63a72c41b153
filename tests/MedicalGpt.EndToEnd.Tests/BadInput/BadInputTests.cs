namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>What people see when the input of generate, logprobs, score, merge or data is wrong: one block, exit code 2.</summary>
/// <param name="model">A small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class BadInputTests(TinyModel model) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Qwen => Path.Combine(Medgpt.Golden, "models/qwen2_tied/model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_input_file() => (await LogProbsAsync("/nowhere/in.safetensors"))
        .ShouldBe("error: The input file does not exist.\n  place:   --input\n  given:   /nowhere/in.safetensors");

    [Fact]
    public async Task Input_and_output_of_two_kinds()
    {
        var block = (await Medgpt.RunAsync("generate", "--model", Qwen, "--input", "in.jsonl", "--output", "out.safetensors")).ShouldRefuse();
        block.ShouldBe("error: Input and output are not of one kind.\n  place:   --input and --output\n  given:   in.jsonl and out.safetensors\n  allowed: two .safetensors files (token ids) or two .jsonl files (text)");
    }

    [Fact]
    public async Task A_file_without_ids()
    {
        var path = new TensorFile().With("ids", [1, 2], [1, 2]).Write(_folder["in.safetensors"]);
        (await LogProbsAsync(path)).ShouldBe($"error: The file has no tensor 'input_ids'.\n  place:   {path}\n  given:   ids\n  allowed: input_ids [B,T], and attention_mask [B,T] where rows are padded");
    }

    [Fact]
    public async Task Padding_in_the_middle_of_a_row()
    {
        var path = new TensorFile().With("input_ids", [1, 3], [1, 2, 3]).With("attention_mask", [1, 3], [1, 0, 1]).Write(_folder["in.safetensors"]);
        (await LogProbsAsync(path)).ShouldBe($"error: The token ids cannot be used.\n  place:   {path}, attention_mask, row 0\n  given:   a 0 between real tokens\n  allowed: padding before or behind the row's tokens");
    }

    [Fact]
    public async Task A_row_of_nothing_but_padding()
    {
        var path = new TensorFile().With("input_ids", [2, 1], [1, 2]).With("attention_mask", [2, 1], [1, 0]).Write(_folder["in.safetensors"]);
        (await LogProbsAsync(path)).ShouldBe($"error: The token ids cannot be used.\n  place:   {path}, attention_mask, row 1\n  given:   no real token\n  allowed: at least one");
    }

    [Fact]
    public async Task An_id_outside_the_vocabulary()
    {
        var path = new TensorFile().With("input_ids", [1, 2], [1, 512]).Write(_folder["in.safetensors"]);
        (await LogProbsAsync(path)).ShouldBe($"error: A token id is outside the model's vocabulary.\n  place:   {path}, row 0\n  given:   512\n  allowed: 0 to 511\n  remedy:  use the model's own tokenizer");
    }

    [Fact]
    public async Task A_damaged_file()
    {
        var path = _folder.Write("in.safetensors", "abc");
        (await LogProbsAsync(path)).ShouldBe($"error: {path}: 3 byte(s) cannot be a safetensors file: the header's length takes 8. The file is cut off or of another format.");
    }

    [Fact]
    public async Task A_line_that_is_not_JSON()
    {
        var path = _folder.Write("in.jsonl", "{\"prompt\":\"a\"}\n{\"prompt\":\n");
        (await GenerateAsync(path)).ShouldBe($"error: The line is not JSON.\n  place:   {path}:2\n  given:   {{\"prompt\":\n  allowed: an object with \"text\", \"messages\" or \"prompt\" (and \"completion\" for an answer)");
    }

    [Fact]
    public async Task A_row_without_text()
    {
        var path = _folder.Write("in.jsonl", "{\"question\":\"a\"}\n");
        (await GenerateAsync(path)).ShouldBe($"error: The row cannot be used.\n  place:   {path}:1\n  given:   {{\"question\":\"a\"}}\n  allowed: an object with \"text\", \"messages\" or \"prompt\" (and \"completion\" for an answer)");
    }

    [Fact]
    public async Task A_language_model_is_no_reward_model()
    {
        var path = new TensorFile().With("input_ids", [1, 2], [1, 2]).Write(_folder["in.safetensors"]);
        var block = (await Medgpt.RunAsync("score", "--model", Qwen, "--input", path, "--output", _folder["out.safetensors"])).ShouldRefuse();
        block.ShouldBe($"error: The model is no reward model: it has no score head.\n  place:   {Qwen}\n  allowed: a folder of a Qwen2ForSequenceClassification, or an adapter that brings the head\n  remedy:  train one with medgpt train rm");
    }

    [Fact]
    public async Task An_adapter_of_another_model()
    {
        var block = (await Medgpt.RunAsync("merge", "--model", model.Folder, "--adapter", Path.Combine(Medgpt.Golden, "lora/all_linear_r8/adapter"), "--output", _folder["merged"])).ShouldRefuse();
        block.ShouldStartWith("error: The adapter does not fit the model.\n  place:   ");
        Directory.Exists(_folder["merged"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_merge_onto_its_own_base()
    {
        var block = (await Medgpt.RunAsync("merge", "--model", Qwen, "--adapter", "a", "--output", Qwen)).ShouldRefuse();
        block.ShouldBe($"error: The merged model would replace what it is made from.\n  place:   --output-dir\n  given:   {Qwen}\n  allowed: another folder than --model and --adapter");
    }

    [Fact]
    public async Task Held_out_prompts_in_training_rows()
    {
        var training = _folder.Write("train.jsonl", "{\"messages\":[{\"role\":\"user\",\"content\":\"What is gout?\"},{\"role\":\"assistant\",\"content\":\"Arthritis.\"}]}\n");
        var clean = _folder.Write("clean.jsonl", "{\"question\":\"What is asthma?\",\"answer\":\"a\"}\n");
        var leaked = _folder.Write("leaked.jsonl", "{\"question\":\"what is gout ?\",\"answer\":\"a\"}\n");
        var fine = (await Medgpt.RunAsync("data", "check", "--sources", training + ":conversation", "--held-out", clean)).ShouldSucceed();
        fine.Output.ShouldContain("0 of 1 held-out prompts occur in any stage's rows");
        var block = (await Medgpt.RunAsync("data", "check", "--sources", training + ":conversation", "--held-out", leaked)).ShouldRefuse();
        block.ShouldBe($"error: The rows have faults.\n  place:   {training}:1 (is {leaked}:1)\n  given:   1 training rows hold 1 of 1 held-out prompts, so results on them say nothing\n  allowed: none of them\n  remedy:  remove the rows from the training data, or hold out others");
    }

    private static async Task<string> LogProbsAsync(string input) =>
        (await Medgpt.RunAsync("logprobs", "--model", Qwen, "--input", input, "--output", Path.ChangeExtension(input, "out.safetensors"))).ShouldRefuse();

    private async Task<string> GenerateAsync(string input) =>
        (await Medgpt.RunAsync("generate", "--model", model.Folder, "--input", input, "--output", _folder["out.jsonl"])).ShouldRefuse();
}
