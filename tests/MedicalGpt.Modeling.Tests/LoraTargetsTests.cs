using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling.Tests;

/// <summary>PEFT's rules for choosing layers, and configurations that are refused.</summary>
public sealed class LoraTargetsTests
{
    private static readonly string[] Paths = ["model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.v_proj", "model.layers.10.mlp.up_proj", "lm_head", "score"];

    [Theory]
    [InlineData("all", "0 1 2")]
    [InlineData("All-Linear", "0 1 2")]
    [InlineData("q_proj, up_proj", "0 2")]
    [InlineData("self_attn.v_proj", "1")]
    [InlineData("lm_head", "3")]
    [InlineData(@".*\.(q|v)_proj", "0 1")]
    [InlineData(@"model\.layers\.1\d\..*", "2")]
    public void Chosen(string text, string expected) =>
        LoraTargets.Parse(text).Select(Paths, "test").ShouldBe(expected.Split(' ').Select(i => Paths[int.Parse(i)]));

    [Theory]
    [InlineData("proj", "test: LoRA target 'proj' names no linear layer of this model; its layers are q_proj, v_proj, up_proj, lm_head, score")]
    [InlineData("q_proj.*", "test: LoRA target pattern 'q_proj.*' matches no linear layer of this model; its layers are q_proj, v_proj, up_proj, lm_head, score (paths such as model.layers.0.self_attn.q_proj)")]
    public void Not_there(string text, string message) =>
        Should.Throw<MedicalGptException>(() => LoraTargets.Parse(text).Select(Paths, "test")).Message.ShouldBe(message);

    [Fact]
    public void A_pattern_of_a_fresh_adapter_that_fits_no_layer()
    {
        var options = new LoraOptions { Targets = LoraTargets.Parse("q_proj"), RankPattern = new Dictionary<string, int> { ["q_proj"] = 4, ["v_proj"] = 2 } };
        var load = new LoadOptions { NewAdapter = options };
        var error = Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(Path.Combine(Golden.Root, "models/qwen2_tied/model"), load));
        error.ToBlock().ShouldStartWith("error: A pattern names no layer that gets an adapter.\n  place:   --rank-pattern, --alpha-pattern\n  given:   v_proj\n");
    }

    [Fact]
    public void A_malformed_expression() =>
        Should.Throw<MedicalGptException>(() => LoraTargets.Parse("(q").Select(Paths, "test")).Message.ShouldStartWith("test: LoRA target pattern '(q' is not a supported regular expression: ");

    [Theory]
    [InlineData("init_lora_weights", "\"eva\"", "'init_lora_weights' is \"eva\", which is not supported; supported is true, false, \"gaussian\"")]
    [InlineData("bias", "\"some\"", "'bias' is \"some\", which is not supported; supported is \"none\", \"all\", \"lora_only\"")]
    [InlineData("init_lora_weights", "\"pissa_niter_16\"", "'init_lora_weights' is \"pissa_niter_16\", which is not supported; supported is true, false, \"gaussian\"")]
    [InlineData("init_lora_weights", "\"olora\"", "'init_lora_weights' is \"olora\", which is not supported; supported is true, false, \"gaussian\"")]
    [InlineData("rank_pattern", "{\"q_proj\":0}", "LoRA rank 0 is not in [1, 4096]")]
    [InlineData("rank_pattern", "{\"q_proj\":\"4\"}", "'rank_pattern' is \"4\"; whole numbers are needed")]
    [InlineData("alpha_pattern", "3", "'alpha_pattern' is 3; an object of names and numbers is needed")]
    [InlineData("layers_to_transform", "[9]", "exclude_modules and layers_to_transform leave no target of target_modules")]
    [InlineData("r", "\"8\"", "'r' is \"8\"; a number is needed")]
    [InlineData("r", "0", "LoRA rank 0 is not in [1, 4096]")]
    [InlineData("peft_type", "\"IA3\"", "peft_type 'IA3' is not supported; supported is LORA")]
    public void Refused(string key, string value, string message)
    {
        var folder = Directory.CreateTempSubdirectory("medgpt-lora").FullName;
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.Root, "lora/all_linear_r8/adapter/adapter_config.json")))!;
        json[key] = JsonNode.Parse(value);
        var path = Path.Combine(folder, "adapter_config.json");
        File.WriteAllText(path, json.ToJsonString());
        using var model = Models.Random();
        Should.Throw<MedicalGptException>(() => LoraAdapter.Read(model, folder, false)).Message.ShouldBe($"{path}: {message}");
        model.Adapter.ShouldBeNull();
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("init_lora_weights", "\"gaussian\"")]
    [InlineData("init_lora_weights", "false")]
    [InlineData("init_lora_weights", "null")]
    [InlineData("task_type", "null")]
    public void Accepted(string key, string value)
    {
        var folder = Directory.CreateTempSubdirectory("medgpt-lora").FullName;
        var source = Path.Combine(Golden.Root, "lora/all_linear_r8/adapter");
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "adapter_config.json")))!;
        json[key] = JsonNode.Parse(value);
        File.WriteAllText(Path.Combine(folder, "adapter_config.json"), json.ToJsonString());
        File.Copy(Path.Combine(source, "adapter_model.safetensors"), Path.Combine(folder, "adapter_model.safetensors"));
        using var model = Models.Tied(new LoadOptions { Adapter = folder });
        model.Adapter!.Options.Rank.ShouldBe(8);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void An_adapter_of_a_language_model_is_none_of_a_score_model()
    {
        var adapter = Path.Combine(Golden.Root, "lora/all_linear_r8/adapter");
        Should.Throw<MedicalGptException>(() => Models.Folder.LoadScore(Path.Combine(Golden.Root, "seqcls/qwen2_rm/model"), new LoadOptions { Adapter = adapter })).ToBlock()
            .ShouldBe($"error: The adapter is for another kind of model.\n  place:   {adapter}/adapter_config.json\n  given:   task_type CAUSAL_LM on a score model\n  allowed: task_type SEQ_CLS\n  remedy:  use it with the model that it was trained on");
    }

    [Fact]
    public void An_adapter_of_a_score_model_is_none_of_a_language_model()
    {
        var adapter = Path.Combine(Golden.Root, "seqcls/qwen2_rm/adapter");
        Should.Throw<MedicalGptException>(() => Models.Tied(new LoadOptions { Adapter = adapter })).ToBlock()
            .ShouldBe($"error: The adapter is for another kind of model.\n  place:   {adapter}/adapter_config.json\n  given:   task_type SEQ_CLS on a language model\n  allowed: task_type CAUSAL_LM\n  remedy:  use it with the model that it was trained on");
    }
}
