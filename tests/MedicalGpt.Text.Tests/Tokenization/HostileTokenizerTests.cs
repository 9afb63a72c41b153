using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Training.Tokenization;
using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Files made to do harm: a readable error or a result, soon.</summary>
public sealed class HostileTokenizerTests
{
    private static readonly string[] Seeds = ["byte-gpt2", "byte-o200k", "spm-llama", "unigram-precompiled", "bert-uncased", "bpe-suffix", "byte-falcon", "split-Contiguous"];
    private const string Text = "患者 Aspirin 100mg 😀 don't\n <s>x</s> e\u0301";

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(a|a?)*b")]
    [InlineData("(?:(?:a*)*)*b")]
    [InlineData("(?=(a+)+b)a|c")]
    [InlineData("(?:a{1,30}){1,30}b")]
    public void Patterns_that_hang_other_engines_end(string pattern)
    {
        var watch = Stopwatch.StartNew();
        var matches = new List<TextRange>();
        try
        {
            new RegexPattern(pattern).Find(new string('a', 2_000), matches);
            matches.ShouldBeEmpty();
        }
        catch (MedicalGptException e)
        {
            e.ToBlock().ShouldContain(pattern);
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60)); // a hang, not a speed
    }

    [Theory]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D]}""")]
    [InlineData("decoder", """{"type":"Sequence","decoders":[D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D,D]}""")]
    public void Text_that_doubles_again_and_again_is_stopped(string part, string json)
    {
        var tokenizer = Of(Changed(part, json.Replace("D", """{"type":"Replace","pattern":{"Regex":"(?!^)a|^a"},"content":"aa"}""", StringComparison.Ordinal)));
        var error = Should.Throw<MedicalGptException>(() => tokenizer.Decode(tokenizer.Encode("a"), skipSpecial: false));
        error.ToBlock().ShouldContain($"tokenizer.json, {part}");
    }

    [Theory]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":5000000},"merges":[]}""", "model.vocab[\"b\"] is 5000000; expected an integer from 0 to 3999999.")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":-1},"merges":[]}""", "model.vocab[\"b\"] is -1")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}""", "\"b\": 0 twice")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":1},"merges":[["a","c"]]}""", "model.merges[0] \"a c\" needs the token")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":1},"merges":["ab"]}""", "model.merges[0] is \"ab\"; expected two tokens.")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}""", "model.dropout is 0.1")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a",0]],"unk_id":7}""", "model.unk_id is 7")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a","b"]],"unk_id":0}""", "expected a number")]
    [InlineData("model", """{"type":"WordPiece","vocab":{"a":0},"unk_token":"[UNK]"}""", "model.unk_token is \"[UNK]\"")]
    [InlineData("model", """{"type":"Markov"}""", "model.type is \"Markov\"; expected BPE, Unigram, WordPiece or WordLevel. This tokenizer needs a part that is not supported.")]
    [InlineData("added_tokens", """[{"id":1,"content":"x","special":true}]""", "added_tokens[0].id is 1; expected an id of its own")]
    [InlineData("added_tokens", """[{"id":9000000,"content":"x","special":true}]""", "added_tokens[0].id is 9000000")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""", "is no table of rewrites")]
    [InlineData("normalizer", """{"type":"Rot13"}""", "normalizer.type is \"Rot13\"; expected Sequence, NFC")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"(x"},"behavior":"Isolated","invert":false}""", "pre_tokenizer.pattern.Regex is a regular expression that cannot be used: a ( has no ).")]
    [InlineData("pre_tokenizer", """{"type":"UnicodeScripts"}""", "pre_tokenizer.type is \"UnicodeScripts\"")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{}}""", "post_processor.single is []; expected the text once.")]
    [InlineData("decoder", """{"type":"CTC"}""", "decoder.type is \"CTC\"")]
    public void The_error_names_the_part(string part, string json, string message) =>
        Should.Throw<MedicalGptException>(() => Of(Changed(part, json))).Message.ShouldContain(message);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("""{"type":"Sequence","normalizers":[""", 100_000));
        Should.Throw<MedicalGptException>(() => Of("{\"normalizer\":" + json)).Message.ShouldContain("this is not JSON");
    }

    [Fact]
    public void Changed_files_give_a_result_or_a_readable_error() => Mutate(2_000, 20261125);

    [Fact]
    [Trait("Category", "Long")]
    public void Many_changed_files_give_a_result_or_a_readable_error() => Mutate(40_000, 1);

    private static void Mutate(int count, int seed)
    {
        var random = new Random(seed);
        var seeds = Seeds.Select(s => Encoding.UTF8.GetBytes(Fixture(s).ToJsonString())).ToArray();
        var outcomes = new HashSet<bool>();
        for (var i = 0; i < count; i++)
        {
            var json = Mutation.Of(seeds[i % seeds.Length], random);
            var watch = Stopwatch.StartNew();
            try
            {
                var tokenizer = Tokenizer.FromFiles(new Dictionary<string, byte[]> { ["tokenizer.json"] = json });
                var ids = tokenizer.EncodeWithOffsets(Text).Select(t => t.Id).ToArray();
                VectorCheck.Stream(tokenizer, ids).ShouldBe(tokenizer.Decode(ids, skipSpecial: false));
                outcomes.Add(true);
            }
            catch (MedicalGptException e)
            {
                e.Message.ShouldNotBeEmpty();
                outcomes.Add(false);
            }

            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20)); // a hang, not a speed: other work may hold the machine
        }

        outcomes.Count.ShouldBe(2);
    }

    private static string Changed(string part, string json)
    {
        var tokenizer = JsonNode.Parse("""{"model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[]},"added_tokens":[]}""")!;
        tokenizer[part] = JsonNode.Parse(json);
        return tokenizer.ToJsonString();
    }

    private static JsonNode Fixture(string name) => JsonNode.Parse(File.ReadAllBytes(Fixtures.Path($"tokenizers/{name}.json")))!["tokenizer"]!;

    private static Tokenizer Of(string json) => Tokenizer.FromFiles(new Dictionary<string, byte[]> { ["tokenizer.json"] = Encoding.UTF8.GetBytes(json) });
}
