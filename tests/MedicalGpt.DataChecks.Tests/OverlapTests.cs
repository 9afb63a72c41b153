using System.Diagnostics;

namespace MedicalGpt.DataChecks.Tests;

public sealed class OverlapTests
{
    private const string Case = "A 62-year-old patient has been hospitalized for a week due to a stroke and now develops a fever and purulent cough; what is the most likely pathogen?";

    [Fact]
    public void The_same_words_are_an_error_whatever_spaces_and_case()
    {
        var report = Rows.Check([Rows.Dialogue("What is gout?", "Arthritis.", 3), Rows.Text("A book asks: what is gout? It is arthritis.", 9)], heldOut: [Rows.Prompt("What is  GOUT?", 5), Rows.Prompt("what is gout"), Rows.Prompt("What is a stroke?")]);
        (report.HeldOutPrompts, report.HeldOutMet).ShouldBe((2, 1));
        var finding = report.Find("held_out_rows_in_training")!;
        (finding.Severity, finding.Count).ShouldBe((FindingSeverity.Error, 2));
        finding.First.Select(place => place.ToString()).ShouldBe(["a.jsonl:3 (is held.jsonl:5)", "a.jsonl:9 (is held.jsonl:5)"]);
    }

    [Fact]
    public void Part_of_a_number_is_not_the_number() =>
        Rows.Check([Rows.Text("He drank 0.2 L of water.")], heldOut: [Rows.Prompt("2 L of water")]).HeldOutMet.ShouldBe(0);

    [Fact]
    public void Reworded_prompts_are_a_warning()
    {
        var report = Rows.Check([Rows.Dialogue(Case.Replace("a week", "one week"), "MRSA", 2)], heldOut: [Rows.Prompt(Case, 8)]);
        report.HeldOutMet.ShouldBe(0);
        var finding = report.Find("held_out_rows_nearly_in_training")!;
        finding.Severity.ShouldBe(FindingSeverity.Warning);
        finding.First[0].ToString().ShouldEndWith("like held.jsonl:8)");
    }

    [Fact]
    public void Other_questions_of_the_same_field_are_no_finding() =>
        Rows.Check([Rows.Dialogue("A 54-year-old woman comes with chest pain that began an hour ago and radiates to her left arm; which enzyme should be measured first in this emergency?", "Troponin")], heldOut: [Rows.Prompt(Case)]).Findings.ShouldBeEmpty();

    // The estimate is a mean of 96 draws: its standard error is √(s(1−s)/96) ≤ 0.051, so 0.2 is four of them.
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(100)]
    public void The_estimate_is_near_the_jaccard_similarity(int changed)
    {
        var random = new Random(changed);
        var text = RandomText(random, 600);
        var other = string.Concat(text.Select((character, i) => i % 6 == 0 && random.Next(100) < changed ? 'z' : character));
        var (a, b) = (Pieces(text), Pieces(other));
        var exact = a.Intersect(b).Count() / (double)a.Union(b).Count();
        MinHasher.Similarity(MinHasher.Of(text)!, MinHasher.Of(other)!).ShouldBe(exact, 0.2);
        if (changed == 0)
            MinHasher.Similarity(MinHasher.Of(text)!, MinHasher.Of(other)!).ShouldBe(1);
    }

    // s = 0.9: each band of 6 agrees with 0.9⁶ = 0.53, at least one of 16 with 1 − 0.47¹⁶ > 0.9999.
    [Fact]
    public void Near_texts_are_found_among_many()
    {
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 4000).Select(_ => RandomText(random, 200))];
        var index = new NearDuplicateIndex(int.MaxValue, 0.8);
        foreach (var text in texts)
            index.Add(MinHasher.Of(text)!);
        for (var i = 0; i < texts.Length; i += 40)
        {
            var changed = texts[i][..100] + "zq" + texts[i][100..];
            index.Nearest(MinHasher.Of(changed)!).Number.ShouldBe(i);
        }

        index.Nearest(MinHasher.Of(RandomText(random, 200))!).Number.ShouldBe(-1);
    }

    [Fact]
    public void Many_equal_texts_cost_no_more_than_a_bound()
    {
        var index = new NearDuplicateIndex(int.MaxValue, 0.8);
        var signature = MinHasher.Of(Case)!;
        for (var i = 0; i < 20_000; i++)
            index.Add(signature);
        for (var i = 0; i < 1000; i++)
            index.Nearest(signature).Similarity.ShouldBe(1); // looking at all of them, in every band, would be 3·10⁸ comparisons
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(25_000)]
    [InlineData(100_000)]
    public void A_hundred_thousand_rows(int rows)
    {
        var random = new Random(rows);
        var held = Enumerable.Range(0, 2000).Select(i => Rows.Prompt(RandomText(random, 300), i)).ToList();
        var clock = Stopwatch.StartNew();
        var report = Rows.Check(Enumerable.Range(0, rows).Select(i => Rows.Dialogue(i % 50 == 0 ? held[i / 50 % 2000].Messages[0].Content + "ab" : RandomText(random, 300), RandomText(random, 300), i)), new DataCheckSettings { NearDuplicates = true }, held);
        Console.WriteLine(FormattableString.Invariant($"{rows:N0} rows, 2,000 held out: {clock.Elapsed.TotalSeconds:0.0} s, {GC.GetTotalMemory(true) / 1e6:N0} MB live"));
        report.Find("held_out_rows_nearly_in_training")!.Count.ShouldBe(rows / 50);
    }

    private static HashSet<string> Pieces(string text) => [.. Enumerable.Range(0, text.Length - 4).Select(i => text.Substring(i, 5))];

    private static string RandomText(Random random, int length) => string.Create(length, random, (span, source) =>
    {
        foreach (ref var character in span)
            character = (char)('a' + source.Next(26));
    });
}
