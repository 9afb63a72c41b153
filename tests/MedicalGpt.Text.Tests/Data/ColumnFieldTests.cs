using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Fields that settings name: known ones, of one column several, for one of several sources.</summary>
public sealed class ColumnFieldTests
{
    [Fact]
    public async Task A_field_that_rows_do_not_have_is_refused_with_the_nearest_name()
    {
        var error = (await Should.ThrowAsync<MedicalGptException>(() => Rows.OneAsync("""{"question":"q","answer":"a"}""", ExampleKind.Conversation, Options(("anwser", "reply"))))).ToBlock();
        error.ShouldStartWith("error: Rows are not read by a field of this name, so the setting would have no effect.\n  place:   --columns.anwser\n  given:   reply\n  allowed: input_ids, label, conversations, messages,");
        error.ShouldEndWith("\n  remedy:  write --columns.answer=reply");
    }

    [Fact]
    public async Task For_prompts_it_goes_to_rewards_and_is_told()
    {
        var notices = new List<string>();
        var prompt = (Prompt)await Rows.OneAsync("""{"question":"q","reply":"a"}""", ExampleKind.Prompt, Options(("anwser", "reply")) with { Notice = notices.Add });
        prompt.Reference["anwser"].ShouldBe("a");
        notices[0].ShouldBe("--columns.anwser: rows are not read by a field of this name, so it goes to reward functions only; did you mean answer?");
    }

    [Fact]
    public void Where_the_kind_is_not_known_every_kinds_fields_are_allowed_and_no_other()
    {
        FileDataset.CheckColumns(Options(("chosen", "better"), ("answer", "reply"), ("opa", "a")));
        var error = Should.Throw<MedicalGptException>(() => FileDataset.CheckColumns(Options(("chosn", "better"))));
        error.Place.ShouldBe("--columns.chosn");
        error.Remedy.ShouldBe("write --columns.chosen=better; where it is for reward functions, say that the rows are prompts (FILE:prompt)");
    }

    [Fact]
    public async Task A_field_of_other_kinds_has_no_effect_and_is_told()
    {
        var notices = new List<string>();
        await Rows.OneAsync("""{"question":"q","answer":"a","better":"c"}""", ExampleKind.Conversation, Options(("chosen", "better")) with { Notice = notices.Add });
        notices[0].ShouldBe("--columns.chosen: a dialogue is not read by this field, so the setting has no effect here.");
    }

    [Theory]
    [InlineData("sys", "{\"question\":\"q\",\"answer\":\"a\",\"sistem\":\"s\"}", true)]
    [InlineData("sistem", "{\"question\":\"q\",\"answer\":\"a\",\"sistem\":null}", false)]
    public async Task A_column_that_no_row_has_is_told(string column, string row, bool told)
    {
        using var file = new TemporaryFile("rows.jsonl", $"{row}\n{row}\n");
        var notices = new List<string>();
        await Rows.ReadAsync(file.Path, ExampleKind.Conversation, Options(("system", column)) with { Notice = notices.Add });
        notices.Skip(1).ShouldBe(told ? [$"{file.Path}: no row up to here has \"sys\", which --columns.system names; the last one has question, answer, sistem."] : []);
    }

    [Theory]
    [InlineData("""{"question":"q","gold":"g"}""", "rows.jsonl")]
    [InlineData("question,gold\nq,g", "rows.csv")]
    public async Task Two_fields_may_be_read_from_one_column(string content, string name)
    {
        var prompt = (Prompt)await Rows.OneAsync(content, ExampleKind.Prompt, Options(("answer", "gold"), ("solution", "gold")), name);
        (prompt.Reference["answer"], prompt.Reference["solution"]).ShouldBe(("g", "g"));
    }

    [Fact]
    public async Task A_column_of_a_table_is_what_any_of_its_fields_is()
    {
        var pair = (PreferencePair)await Rows.OneAsync("question,chosen,rejected,n\nq,c,r,1.5", ExampleKind.Preference, Options(("answer", "n"), ("margin", "n")), "rows.csv");
        pair.Margin.ShouldBe(1.5);
    }

    // Option texts that are numbers: as text, 2 would be the option A; as a number from 1 it is B.
    [Fact]
    public async Task A_number_of_an_answer_in_a_table_is_a_number() =>
        ((Prompt)await Rows.OneAsync("question,A,B,answer_number\nHow many?,2,3,2", ExampleKind.Prompt, name: "rows.csv")).Reference["answer"].ShouldBe("B");

    [Fact]
    public async Task Detection_names_only_columns_that_are_there()
    {
        var notices = new List<string>();
        await Rows.OneAsync("""{"question":"q","opa":"x","opb":"y","cop":1}""", ExampleKind.Prompt, new DataReadOptions { Notice = notices.Add });
        notices.ShouldHaveSingleItem().ShouldEndWith("read as multiple choice in columns because the row has \"question\", \"opa\", \"opb\".");
    }

    [Theory]
    [InlineData("""{"question":"q","reply":"a"}""", "if another column holds that, say so: medgpt data convert PATH --output NEW.jsonl --columns.answer=reply (in training, --columns hold for all sources)")]
    [InlineData("""{"prompt":"q","completion":"a","system":"s"}""", "medgpt data convert PATH --output NEW.jsonl --columns.response=completion (in training, --columns hold for all sources) reads such rows as dialogues, with all of it; or remove the column")]
    public async Task The_remedy_does_not_change_how_other_sources_are_read(string row, string remedy)
    {
        using var good = new TemporaryFile("good.jsonl", """{"question":"q","answer":"a"}""");
        using var other = new TemporaryFile("other.jsonl", row);
        var mixed = new MixedDataset([new MixedSource(good.Path, 1), new MixedSource(other.Path, 1)], MixStrategy.Repeat, 1, new DataReadOptions());
        var error = await Should.ThrowAsync<MedicalGptException>(async () => await mixed.ReadAsync(new DatasetRequest(ExampleKind.Conversation, null, "train"), default).ToListAsync());
        error.Remedy!.Replace(other.Path, "PATH", StringComparison.Ordinal).ShouldEndWith(remedy);
    }

    private static DataReadOptions Options(params (string Field, string Column)[] columns) => new() { Columns = columns.ToDictionary(c => c.Field, c => c.Column) };
}
