using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>The data commands render rows with the template that a run would use, and name the row where it refuses.</summary>
/// <param name="model">A small model.</param>
public sealed class DataTemplateTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private const string Strict = "{% if mode != 'yes' %}{{ raise_exception('no mode') }}{% endif %}{% for m in messages %}{{ m.content }}{% endfor %}";
    private const string Row = """{"messages":[{"role":"user","content":"Dose?"},{"role":"assistant","content":"5 mg"}]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Variables_of_the_template_reach_it()
    {
        var template = _folder.Write("strict.jinja", Strict);
        var rows = _folder.Write("rows.jsonl", Row + "\n");
        foreach (var command in new[] { "check", "stats", "preview" })
        {
            string[] line = ["data", command, rows, "--tokenizer", model.Folder, "--template_name", template];
            if (command != "stats")
                (await Medgpt.RunAsync(line)).ShouldRefuse().ShouldContain("no mode");
            (await Medgpt.RunAsync([.. line, "--template_kwargs.mode=yes"])).ShouldSucceed();
            (await Medgpt.RunAsync("data", command, rows, "--tokenizer", model.Folder, "--template_name", "vicuna", "--tool_format", "nonsense")).ShouldRefuse().ShouldContain("glm4");
        }
    }

    [Fact]
    public async Task A_dialogue_that_the_template_refuses_is_named_with_the_line_of_the_template()
    {
        var template = _folder.Write("strict.jinja", Strict);
        var input = _folder.Write("in.json", $"[{Row.Replace("{\"messages\"", "{\"add_generation_prompt\":true,\"messages\"")},{Row}]");
        var block = (await Medgpt.RunAsync("tokenize", "--tokenizer", model.Folder, "--input", input, "--output", _folder["out.json"], "--chat", "--template_name", template)).ShouldRefuse();
        block.ShouldContain($"place:   {input}, item 0 ({template}, line 1)");

        var flag = _folder.Write("flag.json", """[{"messages":[{"role":"user","content":"a"}],"add_generation_prompt":"yes"}]""");
        (await Medgpt.RunAsync("tokenize", "--tokenizer", model.Folder, "--input", flag, "--output", _folder["out.json"], "--chat")).ShouldRefuse().ShouldContain($"place:   {flag}, item 0, add_generation_prompt");

        var lines = _folder.Write("in.jsonl", "{\"prompt\":\"a\"}\n");
        (await Medgpt.RunAsync("generate", "--model", model.Folder, "--input", lines, "--output", _folder["out.jsonl"], "--template_name", template)).ShouldRefuse().ShouldContain($"place:   {lines}:1 ({template}, line 1)");
    }

    [Fact]
    public async Task Settings_that_a_run_cannot_use_are_told_or_refused()
    {
        var texts = _folder.Write("texts.jsonl", "{\"text\":\"gout is arthritis\"}\n{\"text\":\"asthma is a disease\"}\n");
        string[] run = ["train", "pt", "--model_name_or_path", model.Folder, "--output_dir", _folder["out"], "--train_file_dir", texts, "--max_steps", "1"];
        (await Medgpt.RunAsync([.. run, "--dataset_config_name", "pretrain"])).ShouldRefuse().ShouldStartWith($"error: A configuration is named, but no dataset that it is of.\n  place:   --dataset-config-name\n  given:   pretrain, beside the rows {texts}\n");
        var ended = (await Medgpt.RunAsync([.. run, "--dataset_name", "nothing", "--template_name", "vicuna", "--tool_format", "qwen"])).ShouldSucceed();
        ended.Output.ShouldContain($"--dataset-name nothing is not read: the rows are those of --train-file-dir {texts}.");
        ended.Output.ShouldContain("--template-name vicuna, --tool-format qwen: this stage learns texts, which go through no chat template, so nothing of this changes what is learned; the template is written beside the model as its chat template.");
    }

    [Fact]
    public async Task A_named_dataset_is_previewed()
    {
        var preview = (await Medgpt.RunAsync("data", "preview", "--dataset-name", "medical-quickstart", "--dataset-config-name", "sft", "--tokenizer", model.Folder, "--examples", "1")).ShouldSucceed();
        preview.Output.ShouldContain("1. ");
    }
}
