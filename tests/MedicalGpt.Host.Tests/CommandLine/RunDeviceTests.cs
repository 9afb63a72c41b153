using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary><c>medgpt run RECIPE --device</c>: every stage that computes gets it, and what is no device is told.</summary>
public sealed class RunDeviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_device_is_passed_on_to_a_stage()
    {
        var recipe = Recipe("");
        await using var host = await TestHost.StartAsync();
        // The folder has no tokenizer, so the stage ends behind its list of options.
        await Should.ThrowAsync<MedicalGptException>(() => host.RunAsync("run", recipe, "--device", "cpu"));
        host.Terminal.Text.ShouldMatch(@"\bdevice +cpu +command line");
    }

    [Fact]
    public async Task A_device_of_the_call_wins_over_the_recipes()
    {
        var recipe = Recipe(", device: gpu");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", recipe)).ShouldContain("place:   --device\n  given:   gpu");
        await Should.ThrowAsync<MedicalGptException>(() => host.RunAsync("run", recipe, "--device", "cpu"));
        host.Terminal.Text.ShouldMatch(@"\bdevice +cpu +command line");
    }

    [Fact]
    public async Task No_device_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", Recipe(""), "--device", "gpu")).ShouldBe("error: This is no device.\n  place:   --device\n  given:   gpu\n  allowed: cpu, cuda or cuda:N");
    }

    private string Recipe(string option)
    {
        var rows = _folder.Write("rows.jsonl", """{"instruction":"a","output":"b"}""");
        return _folder.Write("device.yaml", $$"""
            summary: one stage
            inputs: { output_dir: { default: '{{_folder["out"]}}' } }
            stages:
              sft:
                command: train sft
                options: { model_name_or_path: '{{ConfigOnly.Write(_folder)}}', train_file_dir: '{{rows}}', output_dir: "${output_dir}/sft"{{option}} }
            """);
    }
}
