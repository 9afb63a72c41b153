using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Rope scalings for which the golden cases have no model, by hand algebra, and the refusal of what is not supported.</summary>
public sealed class RopeScalingTests
{
    private const double Theta = 10000;

    [Fact]
    public void Linear_divides_every_angle()
    {
        // θ^(-2i/4) = 1, 0.01; by 4.
        Read("""{"rope_type": "linear", "factor": 4.0}""").InverseFrequencies(4).ShouldBe([0.25, 0.0025], 1e-12);
    }

    [Fact]
    public void Dynamic_changes_nothing_up_to_the_first_length_and_grows_the_base_beyond()
    {
        var rope = Read("""{"type": "dynamic", "factor": 2.0}""");
        rope.InverseFrequencies(4, 256).ShouldBe([1, 0.01], 1e-12);
        // Length 512 of 256: base · (2 · 2 - 1)^(4 / 2) = 90,000; θ^(-1/2) = 1/300.
        rope.InverseFrequencies(4, 512).ShouldBe([1, 1.0 / 300], 1e-12);
        rope.Scaling!.Reach(256).ShouldBe(512);
        rope.Scaling.LengthClass(17).ShouldBe(rope.Scaling.LengthClass(256));
        rope.Scaling.LengthClass(512).ShouldNotBe(rope.Scaling.LengthClass(513));
    }

    [Theory]
    [InlineData("su")]
    [InlineData("longrope")]
    public void Long_factors_begin_behind_the_first_length(string type)
    {
        var rope = Read($$"""{"type": "{{type}}", "short_factor": [1, 2], "long_factor": [4, 5], "original_max_position_embeddings": 64}""");
        rope.InverseFrequencies(4, 64).ShouldBe([1, 0.005], 1e-12);
        rope.InverseFrequencies(4, 65).ShouldBe([0.25, 0.002], 1e-12);
        // 256 / 64 = 4: √(1 + ln 4 / ln 64) = √(4/3).
        rope.Scaling!.AttentionFactor.ShouldBe(Math.Sqrt(4.0 / 3), 1e-12);
    }

    [Fact]
    public void Yarn_keeps_fast_pairs_and_stretches_slow_ones()
    {
        var rope = Read("""{"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 4096}""");
        var plain = new RopeOptions().InverseFrequencies(64);
        var scaled = rope.InverseFrequencies(64);
        // 32 turns: pair 64 · ln(4096 / 64π) / (2 ln 10000) = 10.47, ramp from 10; one turn: 22.51, ramp to 23.
        for (var i = 0; i < 32; i++)
            (scaled[i] / plain[i]).ShouldBe(i <= 10 ? 1 : i >= 23 ? 0.25 : 1 - 0.75 * (i - 10) / 13.0, 1e-12);
        // 0.1 · ln 4 + 1.
        rope.Scaling!.AttentionFactor.ShouldBe(1.1386294361119891, 1e-12);
    }

    [Fact]
    public void A_part_of_a_head_is_rotated()
    {
        var config = Config(c => c["partial_rotary_factor"] = 0.5);
        var shape = Models.Folder.Families.Read(config).Options;
        shape.Rope.RotaryDimension(shape.HeadDimension).ShouldBe(8);
        shape.Rope.InverseFrequencies(16).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"rope_type": "ntk", "factor": 2.0}""", "rope_scaling has the rope type 'ntk', which is not supported; supported are 'default', 'linear', 'dynamic', 'llama3', 'yarn', 'longrope'")]
    [InlineData("""{"rope_type": "default", "mrope_section": [1, 2]}""", "rope_scaling of type 'default' has 'mrope_section', which is not supported; its keys are none but rope_theta")]
    [InlineData("""{"rope_type": "linear", "factor": 2.0, "beta_fast": 3}""", "rope_scaling of type 'linear' has 'beta_fast', which is not supported; its keys are factor")]
    [InlineData("""{"rope_type": "linear"}""", "rope_scaling of type 'linear' needs 'factor', a number")]
    [InlineData("""{"rope_type": "linear", "factor": "2"}""", "'rope_scaling.factor' is \"2\"; a number is needed")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1, 2], "long_factor": [0, 1, 2, 3, 4, 5, 6, 7], "factor": 2}""", "rope scaling: short_factor has 2 numbers, needed are 8 (half of the rotated part of a head); rope scaling: long_factor has a number that is not above 0")]
    public void What_a_rope_type_does_not_have_is_refused(string scaling, string message)
    {
        var config = Config(c => c["rope_scaling"] = JsonNode.Parse(scaling));
        Should.Throw<MedicalGptException>(() => Models.Folder.Families.Read(config)).Message.ShouldBe($"here: {message}");
    }

    [Theory]
    [InlineData("""{"rope_type": "linear", "factor": 0}""", "factor 0 is not 1 or more")]
    [InlineData("""{"rope_type": "linear", "factor": -4}""", "factor -4 is not 1 or more")]
    [InlineData("""{"rope_type": "dynamic", "factor": 1e999}""", "factor Infinity is not 1 or more")]
    [InlineData("""{"rope_type": "yarn", "factor": 0}""", "factor 0 is not 1 or more")]
    [InlineData("""{"rope_type": "yarn", "factor": 2, "original_max_position_embeddings": 0}""", "original_max_position_embeddings 0 is not 1 or more")]
    [InlineData("""{"rope_type": "yarn", "factor": 2, "attention_factor": -1}""", "the attention factor -1 is not above 0")]
    [InlineData("""{"rope_type": "llama3", "factor": -8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 64}""", "factor -8 is not 1 or more")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1,1,1,1,1,1,1,1], "long_factor": [1,1,1,1,1,1,1,1], "factor": -2}""", "factor -2 is not above 0")]
    public void A_number_that_cannot_be_is_refused(string scaling, string message)
    {
        foreach (var key in new[] { "rope_scaling", "rope_parameters" })
            Should.Throw<MedicalGptException>(() => Models.Folder.Families.Read(Config(c => c[key] = JsonNode.Parse(scaling)))).Message.ShouldBe($"here: rope scaling: {message}");
    }

    [Theory]
    [InlineData("""{"type": "linear", "factor": 4}""", """{"rope_type": "linear", "factor": 4.0, "rope_theta": 10000}""")]
    [InlineData("""{"rope_type": "default"}""", """{"rope_type": "default", "rope_theta": 10000.0}""")]
    [InlineData("""{"type": "yarn", "factor": 2}""", """{"rope_type": "yarn", "factor": 2, "beta_fast": 32, "original_max_position_embeddings": 256}""")]
    public void Both_layouts_may_stand_with_one_meaning(string scaling, string parameters)
    {
        var both = Config(c => (c["rope_scaling"], c["rope_parameters"]) = (JsonNode.Parse(scaling), JsonNode.Parse(parameters)));
        both.Rope(256, Theta).ShouldBe(Read(scaling));
    }

    [Theory]
    [InlineData("""{"type":"linear","factor":8}""", """{"rope_type":"default","rope_theta":10000}""")]
    [InlineData("""{"type":"linear","factor":8}""", """{"rope_type":"linear","factor":4}""")]
    [InlineData("""{"rope_type":"default","rope_theta":500}""", """{"rope_type":"default","rope_theta":10000}""")]
    public void Both_layouts_with_two_meanings_are_refused(string scaling, string parameters)
    {
        var both = Config(c => (c["rope_scaling"], c["rope_parameters"]) = (JsonNode.Parse(scaling), JsonNode.Parse(parameters)));
        Should.Throw<MedicalGptException>(() => both.Rope(256, Theta)).ToBlock().ShouldBe($"""
            error: Two keys of the configuration say different things about rotary positions.
              place:   here
              given:   rope_scaling {scaling} and rope_parameters {parameters}
              allowed: one of them, or both with one meaning
              remedy:  take out the one that does not hold; where both stand, transformers 5 goes by rope_scaling
            """);
    }

    [Fact]
    public void A_base_inside_rope_scaling_is_read() => Read("""{"rope_type": "linear", "factor": 4, "rope_theta": 500}""").Theta.ShouldBe(500);

    private static RopeOptions Read(string scaling)
    {
        var config = Config(c => c["rope_scaling"] = JsonNode.Parse(scaling));
        return config.Rope(256, Theta);
    }

    private static ModelConfig Config(Action<JsonObject> change)
    {
        var json = (JsonObject)ModelConfig.Read(Path.Combine(Golden.Root, "models/llama2_mha/config_legacy.json")).Json.DeepClone();
        change(json);
        return new ModelConfig(json, "here");
    }
}
