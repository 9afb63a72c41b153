namespace MedicalGpt.DataChecks.Tests;

public sealed class RowCheckTests
{
    [Fact]
    public void Clean_rows_have_no_findings() =>
        Rows.Check([Rows.Dialogue("What is gout?", "Arthritis."), Rows.Dialogue("What is asthma?", "A disease of the airways.")]).Findings.ShouldBeEmpty();

    [Fact]
    public void Repeated_rows_are_named_with_what_they_repeat()
    {
        var finding = Rows.Check([Rows.Text("one", 1), Rows.Text("two", 2), Rows.Text("one", 3)]).Find("duplicate_rows")!;
        (finding.Count, finding.Severity).ShouldBe((1, FindingSeverity.Warning));
        finding.First[0].ToString().ShouldBe("a.jsonl:3 (repeats line 1)");
    }

    [Fact]
    public void Beyond_what_is_remembered_is_said() =>
        Rows.Check(Enumerable.Range(0, 20).Select(i => Rows.Text($"row {i}", i)), new DataCheckSettings { Remembered = 10 }).Find("duplicates_unchecked")!.Severity.ShouldBe(FindingSeverity.Note);

    [Fact]
    public void Near_repetitions_are_found_where_they_are_looked_for()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"sentence number {i} says something else than the others. "));
        Example[] rows = [Rows.Text(text, 1), Rows.Text(text.Replace("number 7 ", "No. 7 "), 2)];
        Rows.Check(rows).Findings.ShouldBeEmpty();
        Rows.Check(rows, new DataCheckSettings { NearDuplicates = true }).Find("near_duplicate_rows")!.Count.ShouldBe(1);
    }

    [Fact]
    public void Empty_rows_and_turns()
    {
        var report = Rows.Check([Rows.Text(" \n", 1), Rows.Dialogue("", "yes", 2), Rows.Dialogue("q", "a", 3)]);
        report.Find("empty_rows")!.First[0].Origin.Line.ShouldBe(1);
        report.Find("empty_texts")!.First[0].ToString().ShouldBe("a.jsonl:2 (turn 1 (user))");
    }

    [Fact]
    public void Pairs_that_prefer_nothing_or_contradict()
    {
        var report = Rows.Check([Rows.Pair("q", "a", "a", 1), Rows.Pair("q", "b", "b ", 2), Rows.Pair("q2", "x", "y", 3), Rows.Pair("q2", "y", "x", 4), Rows.Pair("q3", "q3", "n", 5)]);
        report.Find("same_answers")!.First[0].Origin.Line.ShouldBe(1);
        report.Find("nearly_same_answers")!.First[0].Origin.Line.ShouldBe(2);
        report.Find("contradicting_pairs")!.First[0].Origin.Line.ShouldBe(4);
        report.Find("answer_repeats_prompt")!.First[0].Origin.Line.ShouldBe(5);
    }

    [Fact]
    public void Mostly_equal_pairs_are_an_error() =>
        Rows.Check([Rows.Pair("q", "a", "a", 1), Rows.Pair("r", "b", "b", 2), Rows.Pair("s", "c", "d", 3)]).Find("same_answers")!.Severity.ShouldBe(FindingSeverity.Error);

    [Fact]
    public void Length_that_tells_the_answers_apart() =>
        Rows.Check(Enumerable.Range(0, 60).Select(i => Rows.Pair($"q{i}", "long answer", "short", i))).Find("length_tells")!.Text.ShouldStartWith("100 % of the pairs are told apart by length alone: the chosen answer is the longer one");

    [Fact]
    public void Lengths_masks_and_end_tokens_are_seen_with_a_tokenizer()
    {
        // Tokens of the encoder below: one per character; an assistant turn ends with 1, the end token, unless its text ends with "~".
        Example[] rows = [Rows.Dialogue("abcdefgh", "x", 1), Rows.Dialogue("a", "b", 2), Rows.Dialogue("a", "b~", 3), new Conversation([new Message(Roles.User, "only")]) { Origin = new RowOrigin("a.jsonl", 4) }, Rows.Dialogue("refuse", "x", 5)];
        var report = Rows.Check(rows, new DataCheckSettings { Encoder = new LetterEncoder(), MaxTokens = 6 });
        report.Find("longer_than_limit")!.First[0].ToString().ShouldBe("a.jsonl:1 (10 tokens)"); // 8 + 1 + end
        report.Find("no_end_token")!.First[0].Origin.Line.ShouldBe(3);
        report.Find("learns_nothing")!.First[0].Origin.Line.ShouldBe(4);
        report.Find("not_encodable")!.First[0].ToString().ShouldBe("a.jsonl:5 (no)");
        // 10 + 3 + 3 + 4 tokens; learned 2 + 2 + 2.
        (report.Sources[0].Tokens.Sum, report.Sources[0].Learned).ShouldBe((20L, 6L));
    }

    [Fact]
    public void Ids_beyond_the_vocabulary_and_labelled_answers_are_seen_with_a_tokenizer()
    {
        Example[] rows =
        [
            new TokenizedSequence([5, 9, 1], [-100, 9, 1]) { Origin = new RowOrigin("a.jsonl", 1) },
            new TokenizedSequence([5, 10, 1], [-100, 10, 1]) { Origin = new RowOrigin("a.jsonl", 2) },
            new UnpairedExample([new Message(Roles.User, "abc")], [new Message(Roles.Assistant, "de")], true) { Origin = new RowOrigin("a.jsonl", 3) },
            new UnpairedExample([new Message(Roles.User, "abc")], [new Message(Roles.Assistant, "d~")], false) { Origin = new RowOrigin("a.jsonl", 4) },
        ];
        var report = Rows.Check(rows, new DataCheckSettings { Encoder = new LetterEncoder(), VocabularySize = 10 });
        var unknown = report.Find("unknown_ids")!;
        (unknown.Severity, unknown.Count, unknown.First[0].ToString()).ShouldBe((FindingSeverity.Error, 1, "a.jsonl:2 (id 10)"));
        report.Find("no_end_token")!.First.ShouldHaveSingleItem().Origin.Line.ShouldBe(4);
        // 3 + 3 ids; 3 + "de" + end; 3 + "d~". Learned: 2 + 2, 3, 2.
        (report.Sources[0].Tokens.Sum, report.Sources[0].Learned).ShouldBe((17L, 9L));
    }

    [Fact]
    public void Personal_data_in_reasoning_is_found() =>
        Rows.Check([new Conversation([new Message(Roles.User, "q"), new Message(Roles.Assistant, "a") { ReasoningContent = "he said 13812345678" }]) { Origin = new RowOrigin("a.jsonl", 1) }]).Find("phone_numbers")!.Count.ShouldBe(1);

    [Fact]
    public void Lengths_have_quantiles_and_a_histogram()
    {
        var lengths = new LengthStatistics();
        for (var i = 1; i <= 1000; i++)
            lengths.Add(i);
        (lengths.Count, lengths.Sum, lengths.Shortest, lengths.Longest).ShouldBe((1000, 500_500, 1, 1000));
        lengths.Quantile(0.5).ShouldBeInRange(500, 595); // up to a bucket's width, 2^(1/4)
        lengths.Quantile(1).ShouldBe(1000);
        // 1-16, 17-32, 33-64, 65-128, 129-256, 257-512, 513-1000
        lengths.Histogram().ShouldBe([new(16, 16), new(32, 16), new(64, 32), new(128, 64), new(256, 128), new(512, 256), new(1024, 488)]);
    }

    [Fact]
    public void Rows_that_ask_the_same_are_on_the_same_side()
    {
        RowRepetition.Draw(Rows.Dialogue("What is gout?", "a")).ShouldBe(RowRepetition.Draw(Rows.Pair("what is GOUT", "b", "c")));
        var draws = Enumerable.Range(0, 2000).Select(i => RowRepetition.Draw(Rows.Text($"text {i}"))).ToList();
        draws.Count(draw => draw < 0.1).ShouldBeInRange(150, 250); // 200 ± 3.7 standard deviations of √(2000·0.1·0.9) = 13.4
    }

    // What is asked is the first turn of the user, also where the assistant greets before it; not what is answered, and not the greeting alone.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dialogue_that_begins_with_a_greeting_is_split_by_its_question(bool withSystem)
    {
        Conversation Greeted(string question, string answer) => new([.. withSystem ? [new Message(Roles.System, "s")] : Array.Empty<Message>(), new Message(Roles.Assistant, "Hello"), new Message(Roles.User, question), new Message(Roles.Assistant, answer), new Message(Roles.User, answer + "?")]);
        RowRepetition.Draw(Greeted("What is gout?", "a")).ShouldBe(RowRepetition.Draw(Greeted("what is GOUT", "b")));
        RowRepetition.Draw(Greeted("What is gout?", "a")).ShouldNotBe(RowRepetition.Draw(Greeted("What is flu?", "a")));
        Rows.Check([Greeted("What is flu?", "a")], heldOut: [Greeted("What is gout?", "a")]).Find("held_out_rows_in_training").ShouldBeNull();
        Rows.Check([Greeted("What is gout?", "a")], heldOut: [Greeted("What is gout?", "b")]).Find("held_out_rows_in_training").ShouldNotBeNull();
    }
}
