using System.Text;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>The toy tokenizer of the reference runs: words t3 .. are ids 3 .., 0 pads, 1 is unknown, 2 ends.</summary>
public sealed class WordLevelTests
{
    private static readonly string Folder = Fixtures.Path("golden/trainers/sft_full/tokenizer");

    [Fact]
    public void Words_become_their_ids()
    {
        var tokenizer = Tokenizer.Load(Folder);
        tokenizer.Encode(" t3 t40\nnever t5<eos>").ShouldBe([3, 40, 1, 5, 2]);
        tokenizer.Decode([3, 40, 2], skipSpecial: true).ShouldBe("t3 t40");
        tokenizer.EncodeWithOffsets(" t3 t40").Select(t => t.Range).ShouldBe([new(1, 3), new(4, 7)]);
    }

    [Fact]
    public void Without_a_template_dialogues_are_refused_and_text_works()
    {
        var encoder = ExampleEncoder.Load(Folder);
        encoder.EncodeText("t3").ShouldBe([3]);
        encoder.StopIds.ShouldBe([2]);
        Should.Throw<MedicalGptException>(() => encoder.EncodePrompt([new("user", "t3")])).Message.ShouldContain("brings no chat_template");
    }

    [Theory]
    [InlineData("\"NFC\"", "\"Rot13\"", "normalizer.type is \"Rot13\"; expected Sequence, NFC,")]
    [InlineData("\"Isolated\"", "\"Sideways\"", "behavior is \"Sideways\"; expected Removed, Isolated,")]
    [InlineData("\"BPE\"", "\"Markov\"", "model.type is \"Markov\"; expected BPE, Unigram, WordPiece or WordLevel.")]
    [InlineData("\"dropout\": null", "\"dropout\": 0.5", "model.dropout is 0.5")]
    [InlineData("\"id\": 256", "\"id\": 7", "added_tokens[0].id is 7; expected an id of its own")]
    [InlineData("\"vocab\": {", "\"vocab\": [", "tokenizer.json:")]
    public void What_is_not_supported_is_named(string from, string to, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("medgpt-tok").FullName;
        BytePairTrainer.Train(["a"], new BytePairTraining { VocabularySize = 259 }).Save(folder);
        var path = Path.Combine(folder, "tokenizer.json");
        var json = File.ReadAllText(path, Encoding.UTF8);
        json.ShouldContain(from);
        File.WriteAllText(path, json.Replace(from, to, StringComparison.Ordinal));
        var message = Should.Throw<MedicalGptException>(() => Tokenizer.Load(folder)).Message;
        message.ShouldContain(expected);
        message.ShouldContain(path);
        Directory.Delete(folder, true);
    }
}
