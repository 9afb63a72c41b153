using MedicalGpt.Host.Commands.Inference;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands;

/// <summary>What is told about a model's folder and its adapter's before they are loaded.</summary>
public sealed class LoadNoticesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_adapter_of_another_base_is_told()
    {
        Directory.CreateDirectory(folder["qwen"]);
        Directory.CreateDirectory(folder["moved/qwen"]);
        Directory.CreateDirectory(folder["other"]);
        Notices("qwen", folder["qwen"]).ShouldBeEmpty();
        Notices("qwen", folder["qwen"] + "/").ShouldBeEmpty();
        Notices("other", folder["qwen"]).ShouldHaveSingleItem().ShouldStartWith($"{folder["adapter"]}: the adapter was trained on {folder["qwen"]} (base_model_name_or_path in adapter_config.json) and is used on {folder["other"]}.");
        // Both stand there, so neither was moved.
        Notices("moved/qwen", folder["qwen"]).Count.ShouldBe(1);
    }

    [Fact]
    public void A_moved_folder_and_a_pulled_model_are_not_told()
    {
        Directory.CreateDirectory(folder["moved/qwen"]);
        Directory.CreateDirectory(folder["hub/models--Nobody--Tiny-0.1B/snapshots/abc"]);
        Notices("moved/qwen", folder["gone/qwen"]).ShouldBeEmpty();
        Notices("moved/qwen", "Nobody/Qwen").ShouldBeEmpty();
        Notices("hub/models--Nobody--Tiny-0.1B/snapshots/abc", "Nobody/Tiny-0.1B").ShouldBeEmpty();
        Notices("moved/qwen", "Nobody/Tiny-0.1B").Count.ShouldBe(1);
    }

    [Fact]
    public void Shards_beside_a_single_file_are_told_and_not_counted()
    {
        foreach (var file in new[] { "model.safetensors", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors" })
            folder.Write($"both/{file}", "");
        folder.Write("both/model.safetensors.index.json", """{"weight_map": {"a": "model-00001-of-00002.safetensors"}}""");
        LoadNotices.Of(folder["both"], null).ShouldHaveSingleItem().ShouldBe($"{folder["both"]}: model.safetensors is loaded, as transformers does; model-00001-of-00002.safetensors, model-00002-of-00002.safetensors are not.");
        ModelFiles.Weights(folder["both"]).ShouldBe([folder["both/model.safetensors"]]);
        File.Delete(folder["both/model.safetensors"]);
        ModelFiles.Weights(folder["both"]).ShouldBe([folder["both/model-00001-of-00002.safetensors"]]);
        ModelFiles.Unloaded(folder["both"]).ShouldBe(["model-00002-of-00002.safetensors"]);
    }

    private List<string> Notices(string model, string named)
    {
        var adapter = folder.Write("adapter/adapter_config.json", $$"""{"peft_type": "LORA", "r": 8, "lora_alpha": 16, "target_modules": ["q_proj"], "base_model_name_or_path": "{{named}}"}""");
        return [.. LoadNotices.Of(folder[model], Path.GetDirectoryName(adapter))];
    }
}
