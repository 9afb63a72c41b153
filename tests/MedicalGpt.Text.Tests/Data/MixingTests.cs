using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Several sources as one stream: by weight until one or all have ended, or each some times over.</summary>
public sealed class MixingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgpt-mix").FullName;

    public MixingTests()
    {
        foreach (var (name, count) in new[] { ("a", 400), ("b", 1000), ("c", 3) })
            File.WriteAllLines(PathOf(name), Enumerable.Range(0, count).Select(i => $"{{\"text\":\"{name}{i}\"}}"));
    }

    [Fact]
    public async Task The_first_source_that_ends_ends_the_stream()
    {
        var rows = await Read(MixStrategy.FirstExhausted, 1, ("a", 0.5), ("b", 0.5));
        Of(rows, "a").ShouldBe(Enumerable.Range(0, 400).Select(i => $"a{i}")); // all of a, in order
        rows[^1].ShouldBe("a399"); // and nothing behind its last row
        Of(rows, "b").ShouldBe(Enumerable.Range(0, Of(rows, "b").Count).Select(i => $"b{i}"));
    }

    [Fact]
    public async Task Rows_come_by_their_weights()
    {
        var rows = await Read(MixStrategy.FirstExhausted, 7, ("a", 1), ("b", 3));
        // of n draws a share p = 1/4 is a's; 4 standard deviations, sqrt(p (1 - p) / n), are allowed
        var share = (double)Of(rows, "a").Count / rows.Count;
        share.ShouldBe(0.25, 4 * Math.Sqrt(0.25 * 0.75 / rows.Count));
    }

    [Fact]
    public async Task The_seed_alone_decides()
    {
        var first = await Read(MixStrategy.FirstExhausted, 3, ("a", 0.7), ("b", 0.3));
        (await Read(MixStrategy.FirstExhausted, 3, ("a", 0.7), ("b", 0.3))).ShouldBe(first);
        (await Read(MixStrategy.FirstExhausted, 4, ("a", 0.7), ("b", 0.3))).ShouldNotBe(first);
    }

    [Fact]
    public async Task All_exhausted_repeats_small_sources_until_the_last_has_ended()
    {
        var rows = await Read(MixStrategy.AllExhausted, 1, ("a", 1), ("c", 1));
        Of(rows, "a").Count.ShouldBe(400);
        rows[^1].ShouldBe("a399");
        var small = Of(rows, "c");
        small.ShouldBe(Enumerable.Range(0, small.Count).Select(i => $"c{i % 3}"));
        small.Count.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task Repeat_reads_each_source_as_often_as_its_weight_says()
    {
        var rows = await Read(MixStrategy.Repeat, 1, ("c", 2), ("a", 0.5));
        rows.Take(6).ShouldBe(["c0", "c1", "c2", "c0", "c1", "c2"]);
        ((double)Of(rows, "a").Count).ShouldBe(200, 4 * Math.Sqrt(400 * 0.25)); // binomial, 4 standard deviations
    }

    [Theory]
    [InlineData("a.jsonl=0.7", "a.jsonl", 0.7)]
    [InlineData("owner/name:config=2", "owner/name:config", 2)]
    [InlineData("a=b.jsonl=1e-1", "a=b.jsonl", 0.1)]
    [InlineData("a.jsonl", "a.jsonl", 1)]
    public void A_source_is_a_name_with_a_weight(string text, string name, double weight) => MixedSource.Parse(text).ShouldBe(new MixedSource(name, weight));

    [Theory]
    [InlineData("a=0")]
    [InlineData("a=-1")]
    [InlineData("a=x")]
    [InlineData("a=NaN")]
    [InlineData("=1")]
    public void Other_weights_are_refused(string text) => Should.Throw<MedicalGptException>(() => MixedSource.Parse(text)).Given.ShouldBe(text);

    [Fact]
    public async Task An_empty_source_is_refused()
    {
        File.WriteAllText(PathOf("empty"), "");
        (await Should.ThrowAsync<MedicalGptException>(() => Read(MixStrategy.AllExhausted, 1, ("a", 1), ("empty", 1)))).Given.ShouldBe(PathOf("empty"));
    }

    [Fact]
    public async Task A_shuffle_buffer_keeps_every_row_and_moves_none_further_forward_than_its_size()
    {
        var texts = new List<string>();
        await foreach (var row in new ShuffledDataset(FileDataset.FromPath(PathOf("b")), 50, 5).ReadAsync(new DatasetRequest(ExampleKind.Text, null, "train"), default))
            texts.Add(((PlainText)row).Text);
        var order = texts.ConvertAll(text => int.Parse(text[1..]));
        order.Order().ShouldBe(Enumerable.Range(0, 1000));
        order.ShouldNotBe(Enumerable.Range(0, 1000));
        order.Select((row, place) => row - place).Max().ShouldBeLessThanOrEqualTo(50);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static List<string> Of(List<string> rows, string source) => rows.FindAll(row => row.StartsWith(source, StringComparison.Ordinal));

    private string PathOf(string name) => Path.Combine(_folder, name + ".jsonl");

    private async Task<List<string>> Read(MixStrategy strategy, int seed, params (string Name, double Weight)[] sources)
    {
        var rows = new List<string>();
        var mixed = new MixedDataset([.. sources.Select(source => new MixedSource(PathOf(source.Name), source.Weight))], strategy, seed, new DataReadOptions());
        await foreach (var row in mixed.ReadAsync(new DatasetRequest(ExampleKind.Text, null, "train"), default))
            rows.Add(((PlainText)row).Text);
        return rows;
    }
}
