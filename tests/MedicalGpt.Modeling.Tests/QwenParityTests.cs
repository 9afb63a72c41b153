using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling.Tests;

/// <summary>What <see cref="FamilyParityTests"/> does not cover of Qwen2 and Qwen3: gradients, and windows in the upper layers.</summary>
[Trait("Device", "any")]
public sealed class QwenParityTests
{
    [Theory]
    [InlineData("qwen2_tied", false)]
    [InlineData("qwen2_tied", true)]
    [InlineData("qwen3", false)]
    public void Loss_and_all_gradients(string name, bool checkpointing) => FamilyParityTests.CheckGradients(name, checkpointing);

    [Fact]
    public void Upper_layers_have_the_window_where_the_configuration_turns_it_on()
    {
        var json = (JsonObject)ModelConfig.Read(Path.Combine(Golden.Root, "models/qwen2_tied/config_legacy.json")).Json.DeepClone();
        json["use_sliding_window"] = true;
        json["sliding_window"] = 7;
        json["max_window_layers"] = 3;
        Models.Folder.Families.Read(new ModelConfig(json, "a")).Options.Window.ShouldBe(new SlidingWindow(7, [false, false, false, true]));
        json["use_sliding_window"] = false;
        Models.Folder.Families.Read(new ModelConfig(json, "a")).Options.Window.ShouldBeNull();
    }
}
