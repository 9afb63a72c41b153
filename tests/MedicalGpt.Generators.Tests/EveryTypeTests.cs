using System.Text.Json;
using System.Text.Json.Serialization;
using MedicalGpt.Options;

namespace MedicalGpt.Generators.Tests;

public sealed class EveryTypeTests(EveryTypeTests.Compiled compiled) : IClassFixture<EveryTypeTests.Compiled>
{
    private readonly Sample _sample = compiled.Sample;

    [Theory]
    [InlineData("shuffle", "true")]
    [InlineData("epochs", "3")]
    [InlineData("max_tokens", "5000000000")]
    [InlineData("learning_rate", "5e-6")]
    [InlineData("decay", "0.25")]
    [InlineData("max_grad_norm", "1")]
    [InlineData("run_name", "say \"hi\" \\ 你好")]
    [InlineData("loss_type", "dr_grpo")]
    [InlineData("packing", null)]
    [InlineData("max_steps", null)]
    [InlineData("target", "6")]
    [InlineData("adapter", null)]
    [InlineData("stop", "a,b")]
    [InlineData("weights", "0.5,1")]
    [InlineData("layers", null)]
    [InlineData("columns", null)]
    public void Default_is_stated_as_text(string key, string? text) => _sample.Descriptor[key].Default.ShouldBe(text);

    [Fact]
    public void Without_arguments_the_record_has_its_own_defaults()
    {
        var (options, resolution) = _sample.Run();
        resolution.Errors.ShouldBeEmpty();
        _sample.Value(options, "Epochs").ShouldBe(3);
        _sample.Value(options, "LearningRate").ShouldBe(5e-6);
        _sample.Value(options, "Stop").ShouldBe(new[] { "a", "b" });
        _sample.Value(options, "Layers").ShouldBeNull();
        _sample.Value(options, "LossType")!.ToString().ShouldBe("DrGrpo");
    }

    [Theory]
    [InlineData("Shuffle", false, "--shuffle", "False")]
    [InlineData("Shuffle", true, "--shuffle")]
    [InlineData("Epochs", 12, "--epochs=12")]
    [InlineData("MaxTokens", 6_000_000_000L, "--max_tokens", "6000000000")]
    [InlineData("LearningRate", 1e-5, "--lr", "1e-5")]
    [InlineData("LearningRate", 0.5, "--Learning-Rate", ".5")]
    [InlineData("Decay", -0.25, "--decay", "-0.25")]
    [InlineData("MaxGradNorm", double.PositiveInfinity, "--max-grad-norm", "inf")]
    [InlineData("RunName", "--odd=name", "--run-name=--odd=name")]
    [InlineData("RunName", "", "--run-name=")]
    [InlineData("Packing", true, "--packing")]
    [InlineData("Packing", null, "--packing=none")]
    [InlineData("MaxSteps", 7, "--max_steps", "7")]
    [InlineData("Target", null, "--target", "none")]
    [InlineData("Adapter", "out/a", "--adapter", "out/a")]
    public void Argument_becomes_a_typed_value(string property, object? value, params string[] arguments)
    {
        var (options, resolution) = _sample.Run(arguments);
        resolution.Errors.ShouldBeEmpty();
        _sample.Value(options, property).ShouldBe(value);
    }

    [Theory]
    [InlineData("bnpo", "BatchNormalized")]
    [InlineData("dr_grpo", "DrGrpo")]
    [InlineData("dr-grpo", "DrGrpo")]
    [InlineData("sigmoid", "Sigmoid")]
    public void Choice_is_given_by_its_name(string text, string member)
    {
        var (options, _) = _sample.Run("--loss-type", text, "--fallback", text);
        _sample.Value(options, "LossType")!.ToString().ShouldBe(member);
        _sample.Value(options, "Fallback")!.ToString().ShouldBe(member);
    }

    [Fact]
    public void Lists_come_as_several_values_by_repetition_or_with_commas()
    {
        var (options, _) = _sample.Run("--stop", "x", "y", "--stop", "z", "--weights", "0,0.25", "--layers", "-1", "2");
        _sample.Value(options, "Stop").ShouldBe(new[] { "x", "y", "z" });
        _sample.Value(options, "Weights").ShouldBe(new[] { 0, 0.25 });
        _sample.Value(options, "Layers").ShouldBe(new[] { -1, 2 });
    }

    [Fact]
    public void Map_takes_entries_by_name_and_keeps_their_case()
    {
        var (options, _) = _sample.Run("--columns.question=query", "--columns.Chosen", "good");
        ((IReadOnlyDictionary<string, string>)_sample.Value(options, "Columns")!).ShouldBe(new Dictionary<string, string> { ["question"] = "query", ["Chosen"] = "good" }, ignoreOrder: true);
        var (joined, _) = _sample.Run("--columns", "question=query,answer=response");
        ((IReadOnlyDictionary<string, string>)_sample.Value(joined, "Columns")!).ShouldBe(new Dictionary<string, string> { ["question"] = "query", ["answer"] = "response" }, ignoreOrder: true);
    }

    [Fact]
    public void Every_error_is_reported_at_once_with_value_layer_and_what_is_allowed()
    {
        var (_, resolution) = _sample.Run(Wrong);
        Should.Throw<OptionsException>(resolution.ThrowIfInvalid).Message.ShouldBe("""
            11 options are wrong.
              --run-name.x: takes one value, not values by name; allowed: a text (command line)
              --lerning-rate: unknown option; did you mean --learning-rate? (command line)
              --columns: given 'question' (command line); allowed: name=text
              --shuffle: given 'maybe' (command line); allowed: true or false
              --max-tokens: given 'many' (command line); allowed: a whole number
              --loss-type: given 'focal' (command line); allowed: one of sigmoid, dr_grpo, bnpo
              --epochs: given '0' (command line); allowed: a whole number >= 1
              --learning-rate: given '0' (command line); allowed: a number > 0 and <= 1
              --decay: given 'inf' (command line); allowed: a number
              --max-steps: given '101' (command line); allowed: a whole number >= 1 and <= 100, or none
              --weights: given '2' (command line); allowed: a list of numbers, each >= 0 and <= 1
            """);
    }

    [Fact]
    public void Checking_by_descriptor_alone_finds_what_binding_finds()
    {
        var (_, bound) = _sample.Run(Wrong);
        var set = new OptionSet(_sample.Descriptor);
        var checkedOnly = OptionResolver.Resolve(set, [CommandLineReader.Read(Wrong, set)]);
        checkedOnly.Check(_sample.Descriptor);
        checkedOnly.Errors.Order(Comparer<OptionError>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())))
            .ShouldBe(bound.Errors.Order(Comparer<OptionError>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
    }

    [Fact]
    public void Stored_options_bind_to_the_same_record()
    {
        var (options, resolution) = _sample.Run(
            "--stop", "a, b", "c", "--weights", "0.5", "--max-grad-norm", "inf", "--target", "none", "--columns.question=q", "--adapter", "你好", "--loss-type", "bnpo", "--layers", "1");
        using var json = JsonDocument.Parse(OptionProvenance.Json(resolution.Provenance()));
        var again = OptionResolver.Resolve(resolution.Set, [OptionLayer.FromJson("run.json", json.RootElement)]);
        var copy = _sample.Bind(again);
        again.Errors.ShouldBeEmpty();
        JsonSerializer.Serialize(copy, Named).ShouldBe(JsonSerializer.Serialize(options, Named));
        _sample.Value(copy, "Stop").ShouldBe(new[] { "a, b", "c" });
    }

    private static readonly JsonSerializerOptions Named = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly string[] Wrong =
    [
        "--epochs", "0", "--learning-rate", "0", "--decay", "inf", "--max-tokens", "many", "--shuffle=maybe", "--max-steps", "101",
        "--loss-type", "focal", "--weights", "0.5", "2", "--run-name.x=1", "--lerning-rate", "1", "--run-name", "a", "--columns", "question",
    ];

    public sealed class Compiled
    {
        internal Sample Sample { get; } = Sample.Of(Sources.EveryType, "Samples.EveryOptions");
    }
}
