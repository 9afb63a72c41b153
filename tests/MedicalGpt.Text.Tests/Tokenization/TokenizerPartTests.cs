using System.Text;
using System.Text.Json;
using MedicalGpt.Training.Tokenization;
using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Models, normalisers, pre-tokenizers, post-processors, decoders and regular expressions, each against what the tokenizers library made of the same texts (tests/fixtures/tokenizers).</summary>
public sealed class TokenizerPartTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Fixtures.Path("tokenizers"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_the_reference_library(string name)
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path($"tokenizers/{name}.json")));
        var tokenizer = Of(fixture.RootElement.GetProperty("tokenizer").GetRawText());
        var wrong = new List<string>();
        foreach (var vector in fixture.RootElement.GetProperty("cases").EnumerateArray())
        {
            wrong.AddRange(VectorCheck.Encoding(tokenizer, vector));
            wrong.AddRange(VectorCheck.Decoding(tokenizer, VectorCheck.Ints(vector.GetProperty("ids_special")), vector));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void There_are_fixtures() => Directory.GetFiles(Fixtures.Path("tokenizers"), "*.json").Length.ShouldBeGreaterThan(50);

    // The last part of a character comes with its last byte; a run of byte tokens comes when it ends, since what follows decides whether it is UTF-8.
    [Fact]
    public void Streaming_holds_characters_back_until_they_are_whole()
    {
        var tokenizer = Fixture("spm-llama");
        var ids = new[] { "<0xE4>", "<0xB8>", "<0xAD>", "a" }.Select(t => tokenizer.IdOf(t)!.Value).ToArray();
        var stream = tokenizer.StreamDecoder(skipSpecial: false);
        ids.Select(stream.Add).Append(stream.Finish()).ShouldBe(["", "", "", "中a", ""]);
        tokenizer.Decode([ids[0], ids[3]], skipSpecial: false).ShouldBe("\uFFFDa");
    }

    [Fact]
    public void Streams_of_random_tokens_equal_decoding_at_once()
    {
        var random = new Random(20261125);
        foreach (var file in Directory.GetFiles(Fixtures.Path("tokenizers"), "*.json"))
        {
            var tokenizer = Fixture(Path.GetFileNameWithoutExtension(file));
            for (var round = 0; round < 20; round++)
                StreamCheck.Check(tokenizer, [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(-1, tokenizer.VocabularySize + 1))]);
        }
    }

    [Theory]
    [InlineData(@"\R", @"the escape \R is not supported")]
    [InlineData("[[:alpha:]]", "the class [:alpha:] is not supported")]
    [InlineData(@"\p{Klingon}", "the class Klingon is not supported")]
    [InlineData("(a", "a ( has no )")]
    [InlineData("a)", "a ) has no (")]
    [InlineData("[a", "a [ has no ]")]
    [InlineData("[z-a]", "runs backwards")]
    [InlineData(@"(a)\1", "back references")]
    [InlineData("a{1001}", "more than 1000")]
    [InlineData("((((a{900}){900}){900}){900})", "more than 20000 steps")]
    [InlineData("*", "nothing stands before the *")]
    public void Regular_expressions_that_cannot_be_used_say_why(string pattern, string reason) =>
        Should.Throw<FormatException>(() => new RegexPattern(pattern)).Message.ShouldContain(reason);

    private static Tokenizer Fixture(string name)
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path($"tokenizers/{name}.json")));
        return Of(fixture.RootElement.GetProperty("tokenizer").GetRawText());
    }

    private static Tokenizer Of(string json) => Tokenizer.FromFiles(new Dictionary<string, byte[]> { ["tokenizer.json"] = Encoding.UTF8.GetBytes(json) });
}
