using System.Text;

namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>Training rows that cannot be used: one block that names file and line, nothing written.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class BadRowTests(TinyModel model) : IDisposable
{
    private readonly RefusedRun _run = new(model);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_missing_file() => (await _run.TrainAsync("sft", _run["none.jsonl"])).ShouldBe("""
        error: 1 option is wrong.
          --train-file-dir: given 'DIR/none.jsonl' (command line); allowed: an existing folder or file
        """);

    [Fact]
    public async Task Wrong_JSON_in_line_2() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", RefusedRun.Good, "{\"messages\": oops}"))).ShouldBe("""
        error: The row is not JSON: 'o' is an invalid start of a value. (byte 14)
          place:   DIR/rows.jsonl:2
          given:   {"messages": oops}
          allowed: one JSON object per line
          remedy:  mend the row; or leave bad rows out and count them: --on_bad_row skip
        """);

    [Fact]
    public async Task A_missing_field() => (await _run.TrainAsync("dpo", _run.Write("rows.jsonl", """{"question":"a","response_chosen":"b"}"""))).ShouldBe("""
        error: The row has "response_chosen" but no "response_rejected", so it is no preference pair.
          place:   DIR/rows.jsonl:1
          given:   the columns question, response_chosen
          allowed: both "response_chosen" and "response_rejected"
          remedy:  fill it in or leave the row out; nearest is question/response_chosen/response_rejected, for which "response_rejected" is missing; if another column holds that, say so: --columns.response_rejected=COLUMN
        """);

    [Fact]
    public async Task An_empty_answer() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":""}]}"""))).ShouldBe("""
        error: An answer is empty, so there is nothing to learn from it.
          place:   DIR/rows.jsonl:1, turn 2 (assistant)
          given:   ""
          allowed: text
          remedy:  fill it in or leave the row out
        """);

    [Fact]
    public async Task An_unknown_role() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", """{"messages":[{"role":"doctor","content":"a"},{"role":"assistant","content":"b"}]}"""))).ShouldBe("""
        error: A turn has an unknown role.
          place:   DIR/rows.jsonl:1, messages[0]
          given:   "doctor"
          allowed: human or user, gpt or assistant, system, function_call, observation or tool
          remedy:  rename the role in the data, or leave the row out
        """);

    [Fact]
    public async Task A_line_that_is_not_UTF_8()
    {
        await File.WriteAllBytesAsync(_run["rows.jsonl"], [.. Encoding.UTF8.GetBytes(RefusedRun.Good + "\n"), (byte)'{', 0xC4, 0xE3, (byte)'}', (byte)'\n']); // GB18030 for 你
        (await _run.TrainAsync("sft", _run["rows.jsonl"])).ShouldBe("""
            error: The line is not valid UTF-8.
              place:   DIR/rows.jsonl:2
              given:   {��}
              allowed: UTF-8
              remedy:  convert the file, for example: iconv -f GB18030 -t UTF-8 FILE > NEW; or leave bad rows out and count them: --on_bad_row skip
            """);
    }

    [Fact]
    public async Task An_empty_file() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl"))).ShouldBe("""
        error: There are no training rows.
          place:   stage sft
          given:   no usable row in DIR/rows.jsonl
          remedy:  give rows with --train-file-dir or --dataset-name
        """);

    [Fact]
    public async Task Only_bad_rows_that_are_skipped() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", "[1]", "{}"), "--on-bad-row", "skip")).ShouldBe("""
        error: There are no training rows.
          place:   stage sft
          given:   no usable row in DIR/rows.jsonl
          remedy:  give rows with --train-file-dir or --dataset-name
        """);

    [Fact]
    public async Task Rows_that_are_all_too_long() => (await _run.TrainAsync("dpo", _run.Write("rows.jsonl", RefusedRun.GoodPair), "--max-source-length", "1", "--max-target-length", "1")).ShouldBe("""
        error: No training row is left after encoding.
          place:   stage dpo
          given:   1 rows; dropped 1: prompt and answer longer than max_source_length + max_target_length (2 tokens)
          remedy:  raise the length limit or mend the rows
        """);

    [Fact]
    public async Task A_token_that_the_model_does_not_know() => (await _run.TrainAsync("sft", _run.Write("rows.jsonl", """{"input_ids":[1,2],"labels":[1,2]}""", """{"input_ids":[1,4000],"labels":[1,4000]}"""))).ShouldBe("""
        error: A token id is outside the model's vocabulary.
          place:   DIR/rows.jsonl:2
          given:   4000
          allowed: 0 to 307
          remedy:  use the model's own tokenizer (--tokenizer-name-or-path)
        """);

    [Fact]
    public async Task An_unknown_configuration() => (await _run.RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--dataset-name", "medical-quickstart", "--dataset-config-name", "nosuch", "--output-dir", _run.Output)).ShouldBe("""
        error: Dataset 'medical-quickstart' has no configuration 'nosuch'.
          given:   --dataset-config-name nosuch
          allowed: pretrain, sft, reward, preference, prompts
        """);

    [Fact]
    public async Task An_unknown_configuration_of_a_folder()
    {
        Directory.CreateDirectory(_run["data/sft"]);
        _run.Write("data/sft/train.jsonl", RefusedRun.Good);
        (await _run.RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--dataset-name", _run["data"], "--dataset-config-name", "dpx", "--output-dir", _run.Output)).ShouldBe("""
            error: The dataset has no such configuration.
              place:   DIR/data
              given:   --dataset-config-name dpx
              allowed: a sub-folder, or what files begin with; there are sft
            """);
    }
}
