using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Text.Tests.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Tokenization;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Text.Tests;

/// <summary>Damaged input gives a result or a readable error: never another exception, never a hang.</summary>
public sealed class FuzzTests
{
    private const int Iterations = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string[] RowSeeds =
    [
        """{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{}}"},{"from":"gpt","value":"答"}],"tools":"[{\"name\":\"f\"}]","system":"s"}""",
        """{"messages":[{"role":"user","content":[{"type":"text","text":"q"}],"weight":0},{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]}]}""",
        """{"question":"q\ud83d\ude00","options":{"A":"x","B":"y"},"answer":"A","answer_idx":0,"chosen":"c","rejected":["r"],"history":[["a","b"]]}""",
        """{"input_ids":[1,2,3],"labels":[-100,2,3],"attention_mask":[1,1,0],"prompt_ids":[1],"chosen_ids":[2],"rejected_ids":[3],"margin":1e3}""",
        """{"QUESTION":"q","CONTEXTS":["c"],"final_decision":"yes","text":"t","prompt":"p","completion":"c","instruction":"i","input":"n","output":"o"}""",
    ];

    /// <summary>Mutations of tables, and of the bytes of compressed files.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public Task Tables_and_compressed_files_at_length() => TablesAsync(25 * Iterations);

    /// <summary>The same, quickly.</summary>
    [Fact]
    public Task Tables_and_compressed_files() => TablesAsync(Iterations);

    [SharedFact("tokenizers/qwen2.5")]
    public void Text_of_any_kind_survives_encoding()
    {
        var tokenizer = Tokenizer.Load(SharedFiles.Find("tokenizers/qwen2.5")!);
        var random = new Random(20261120);
        var alphabet = "aB1 \n\r\t'sll,.!中文\u0301\u0300\uAC00\u11A8<|im_end|>\u00A0\uFEFFé\uD83D\uDE00\uD83D".ToCharArray();
        for (var i = 0; i < Iterations; i++)
        {
            var text = new string(random.GetItems(alphabet, random.Next(200)));
            var whole = new StringBuilder(); // what UTF-8 makes of half surrogate pairs
            foreach (var rune in text.EnumerateRunes())
                whole.Append(rune);
            var ids = tokenizer.Encode(text, allowSpecial: false);
            tokenizer.Decode(ids, skipSpecial: false).ShouldBe(new UnicodeNormalizer(compose: true, compatibility: false).Normalize(whole.ToString()));
            tokenizer.EncodeWithOffsets(text, allowSpecial: false).ShouldAllBe(t => t.Range.Start >= 0 && t.Range.End <= text.Length);
        }
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Long_words_take_linear_time()
    {
        var tokenizer = Tokenizer.Load(SharedFiles.Find("tokenizers/qwen2.5")!);
        var watch = Stopwatch.StartNew();
        foreach (var unit in new[] { "a", "中", "!", " ", "\n", "ab" })
            tokenizer.Decode(tokenizer.Encode(string.Concat(Enumerable.Repeat(unit, 100_000))), skipSpecial: false).Length.ShouldBe(unit.Length * 100_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static async Task TablesAsync(int iterations)
    {
        var random = new Random(20261125);
        var folder = Directory.CreateTempSubdirectory("medgpt-fuzz").FullName;
        var table = Encoding.UTF8.GetBytes("question,answer,options,history,margin\n\"q, \"\"x\"\"\",\"答\nb\",\"{\"\"A\"\":\"\"x\"\",\"\"B\"\":\"\"y\"\"}\",\"[[\"\"a\"\",\"\"b\"\"]]\",1.5\nq,a,,,\n");
        var rows = Encoding.UTF8.GetBytes(string.Join('\n', RowSeeds));
        var outcomes = new HashSet<bool>();
        for (var i = 0; i < iterations; i++)
        {
            var (name, content) = (i % 4) switch
            {
                0 => ("a.csv", Mutate(table, random)),
                1 => ("a.tsv", Mutate([.. table.Select(b => b == ',' ? (byte)'\t' : b)], random)),
                2 => ("a.jsonl.gz", Mutate(Gzip(rows), random)),
                _ => ("a.json.zst", Mutate(RawZstandard(rows), random)),
            };
            var path = Path.Combine(folder, name);
            await File.WriteAllBytesAsync(path, content);
            var watch = Stopwatch.StartNew();
            try
            {
                await Data.Rows.ReadAsync(path, (ExampleKind)(i % 5), new DataReadOptions { OnBadRow = (BadRowPolicy)(i % 2) });
                outcomes.Add(true);
            }
            catch (MedicalGptException e)
            {
                e.ToBlock().ShouldContain(path);
                outcomes.Add(false);
            }

            watch.Elapsed.ShouldBeLessThan(Patience);
            File.Delete(path);
        }

        outcomes.Count.ShouldBe(2);
        Directory.Delete(folder, true);
    }

    private static byte[] Gzip(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(data);
        return packed.ToArray();
    }

    // RFC 8878: single segment, content size in two bytes (less 256), one last raw block.
    private static byte[] RawZstandard(byte[] data)
    {
        var (size, block) = (data.Length - 256, (data.Length << 3) | 1);
        return [0x28, 0xB5, 0x2F, 0xFD, 0x60, (byte)size, (byte)(size >> 8), (byte)block, (byte)(block >> 8), (byte)(block >> 16), .. data];
    }

    private static byte[] Mutate(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                case 3:
                    bytes[at] = "{}[]\",:0-\\en"u8[random.Next(12)];
                    break;
                case 4:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at) / 8);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[][] Tokens = [.. new[] { "null", "true", "-1", "1e999", "99999999999", "\"\\ud800\"", "{}", "[]", "\"x\"", new string('[', 80), "\0" }.Select(Encoding.UTF8.GetBytes)];
}
