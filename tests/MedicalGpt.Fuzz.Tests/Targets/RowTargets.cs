using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Fuzz.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Fuzz.Tests.Targets;

/// <summary>Files of rows: JSONL, JSON and CSV.</summary>
internal static class RowTargets
{
    private static readonly string[] Rows =
    [
        """{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{}}"},{"from":"gpt","value":"答"}],"tools":"[{\"name\":\"f\"}]","system":"s"}""",
        """{"messages":[{"role":"user","content":[{"type":"text","text":"q"}],"weight":0},{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]}]}""",
        """{"question":"q\ud83d\ude00","options":{"A":"x","B":"y"},"answer":"A","answer_idx":0,"chosen":"c","rejected":["r"],"history":[["a","b"]]}""",
        """{"input_ids":[1,2,3],"labels":[-100,2,3],"attention_mask":[1,1,0],"prompt_ids":[1],"chosen_ids":[2],"rejected_ids":[3],"margin":1e3}""",
        """{"QUESTION":"q","CONTEXTS":["c"],"final_decision":"yes","text":"t","prompt":"p","completion":"c","instruction":"i","input":"n","output":"o"}""",
        """{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}],"label":true}""",
    ];

    private static readonly IReadOnlyList<byte[]> JsonTokens = Bytes("null", "true", "-1", "1e999", "99999999999", "\"\\ud800\"", "{}", "[]", "\"x\"", new string('[', 200), new string('{', 200), "\0", "\n", "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\ufeff", "\"role\":", "\"content\":");

    private static readonly string[] Tables =
    [
        "question,answer\nq,a\n\"q \"\"x\"\"\",\"a\nb\"\n",
        "prompt\tchosen\trejected\np\tc\tr\n问\t答\t错\n",
        "instruction;input;output\r\ni;n;o\r\n",
        "text\nline one\n\"line two\"\n",
    ];

    private static readonly IReadOnlyList<byte[]> TableTokens = Bytes(",", "\t", ";", "\"", "\"\"", "\n", "\r\n", "\r", "\0", "\ufeff", "question", new string(',', 500), new string('"', 99), "=1+1");

    /// <summary>JSON lines and lists.</summary>
    /// <param name="scratch">Where files go.</param>
    public static FuzzTarget Json(Scratch scratch) => new(
        "jsonl",
        [.. Rows.Select(Encoding.UTF8.GetBytes), Encoding.UTF8.GetBytes(string.Join('\n', Rows)), Encoding.UTF8.GetBytes($"[{string.Join(",\n", Rows)}]")],
        JsonTokens,
        (input, variant) => ReadAsync(scratch.Write(variant % 3 == 0 ? "a.json" : "a.jsonl", input), variant));

    /// <summary>Tables of text.</summary>
    /// <param name="scratch">Where files go.</param>
    public static FuzzTarget Csv(Scratch scratch) => new(
        "csv",
        [.. Tables.Select(Encoding.UTF8.GetBytes)],
        TableTokens,
        (input, variant) => ReadAsync(scratch.Write(variant % 3 == 0 ? "a.tsv" : "a.csv", input), variant));

    private static async Task ReadAsync(string path, int variant)
    {
        var options = new DataReadOptions { OnBadRow = (BadRowPolicy)(variant % 2) };
        try
        {
            await foreach (var row in FileDataset.FromPath(path, options: options).ReadAsync(new DatasetRequest((ExampleKind)(variant % 4), null, "train"), CancellationToken.None))
                row.ShouldNotBeNull();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IReadOnlyList<byte[]> Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
