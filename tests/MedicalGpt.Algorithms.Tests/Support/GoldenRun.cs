using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>A whole training run of TRL (golden/trainers), its data turned into pre-tokenised rows.</summary>
public sealed class GoldenRun(string name)
{
    private readonly Dictionary<string, string> none = [];

    public Golden Golden { get; } = new($"trainers/{name}");

    public JsonElement Arguments => Golden.Case.GetProperty("effective_args");

    public int MicroBatches => Golden.Case.GetProperty("num_micro_batches").GetInt32();

    public double Number(string argument) => Arguments.GetProperty(argument).GetDouble();

    /// <summary>Rows of <c>input_ids</c> + <c>labels</c>.</summary>
    public IReadOnlyList<Example> Sequences() =>
    [
        .. Enumerable.Range(0, MicroBatches).SelectMany(mb => Enumerable.Range(0, Tensor(mb, "input_ids").Rows).Select(i =>
            new TokenizedSequence(Real(mb, "input_ids", "attention_mask", i), Real(mb, "labels", "attention_mask", i)))),
    ];

    /// <summary>Pairs of a stacked batch (chosen rows, then rejected rows); the prompt is what <c>completion_mask</c> leaves out, or the common beginning.</summary>
    public IReadOnlyList<Example> StackedPairs() =>
    [
        .. Enumerable.Range(0, MicroBatches).SelectMany(mb =>
        {
            var n = Tensor(mb, "input_ids").Rows / 2;
            return Enumerable.Range(0, n).Select(i => Pair(Real(mb, "input_ids", "attention_mask", i), Real(mb, "input_ids", "attention_mask", n + i), PromptLength(mb, i, n)));
        }),
    ];

    /// <summary>Pairs of an ORPO batch, whose labels leave the prompt out.</summary>
    public IReadOnlyList<Example> SeparatePairs() =>
    [
        .. Enumerable.Range(0, MicroBatches).SelectMany(mb => Enumerable.Range(0, Tensor(mb, "chosen_input_ids").Rows).Select(i => Pair(
            Real(mb, "chosen_input_ids", "chosen_attention_mask", i),
            Real(mb, "rejected_input_ids", "rejected_attention_mask", i),
            Real(mb, "chosen_labels", "chosen_attention_mask", i).TakeWhile(l => l == -100).Count()))),
    ];

    /// <summary>Prompts of the recorded answers, each once per collection, and the answers.</summary>
    public (IReadOnlyList<Example> Prompts, IReadOnlyList<Rollout> Answers) GroupedRollouts()
    {
        var size = (int)Number("num_generations");
        var answers = Golden.Case.GetProperty("fixed_rollouts").EnumerateArray().SelectMany(r =>
            r.GetProperty("prompt_ids").EnumerateArray().Zip(r.GetProperty("completion_ids").EnumerateArray(), (p, c) => Answer(Ids(p), Ids(c)))).ToArray();
        return ([.. answers.Chunk(size).Select(g => new TokenizedPrompt(g[0].PromptIds, none))], answers);
    }

    /// <summary>Prompts and answers of PPO's collections; an answer ends with its first stop token.</summary>
    public (IReadOnlyList<Example> Prompts, IReadOnlyList<Rollout> Answers) Rollouts(int collections)
    {
        var stop = Golden.Case.GetProperty("eos_token_id").GetInt32();
        var answers = Enumerable.Range(0, collections).SelectMany(k =>
        {
            var (queries, responses) = (Golden.Input($"rollout{k}.queries"), Golden.Input($"rollout{k}.responses"));
            return Enumerable.Range(0, queries.Rows).Select(i =>
            {
                int[] response = [.. responses.IntegerRow(i).Select(id => (int)id)];
                var end = Array.IndexOf(response, stop);
                return Answer([.. queries.IntegerRow(i).Select(id => (int)id).SkipWhile(id => id == 0)], end < 0 ? response : response[..(end + 1)]);
            });
        }).ToArray();
        return ([.. answers.Select(a => new TokenizedPrompt(a.PromptIds, none))], answers);
    }

    /// <summary>Writes answers as the file of <c>--replay_rollouts</c>.</summary>
    public static void WriteReplay(string path, IEnumerable<Rollout> answers) =>
        File.WriteAllLines(path, answers.Select(a => JsonSerializer.Serialize(new { prompt_ids = a.PromptIds, completion_ids = a.CompletionIds, finished = a.Finished })));

    private static Rollout Answer(int[] prompt, int[] completion) => new(prompt, completion, completion[^1] == 2);

    private static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    private static TokenizedPair Pair(int[] chosen, int[] rejected, int prompt) => new(chosen[..prompt], chosen[prompt..], rejected[prompt..]);

    private int PromptLength(int mb, int row, int n)
    {
        if (Golden.HasInput($"mb{mb}.completion_mask"))
            return Real(mb, "completion_mask", "attention_mask", row).TakeWhile(m => m == 0).Count();
        var (chosen, rejected) = (Real(mb, "input_ids", "attention_mask", row), Real(mb, "input_ids", "attention_mask", n + row));
        return Math.Min(chosen.Zip(rejected).TakeWhile(p => p.First == p.Second).Count(), Math.Min(chosen.Length, rejected.Length) - 1);
    }

    private GoldenTensor Tensor(int mb, string what) => Golden.Input($"mb{mb}.{what}");

    private int[] Real(int mb, string what, string mask, int row) =>
        [.. Tensor(mb, what).IntegerRow(row).Zip(Tensor(mb, mask).IntegerRow(row)).Where(p => p.Second != 0).Select(p => (int)p.First)];
}
