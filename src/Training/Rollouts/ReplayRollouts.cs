using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>
/// Recorded answers instead of sampled ones: a JSONL file with <c>prompt_ids</c>, <c>completion_ids</c> and <c>finished</c> per line.
/// Answers to the same prompt are given out in the order of the file.
/// </summary>
public sealed class ReplayRollouts : IStepRollouts
{
    private readonly Dictionary<string, Queue<Rollout>> byPrompt = new(StringComparer.Ordinal);
    private readonly string path;

    /// <summary>Reads a file.</summary>
    /// <param name="path">JSONL file.</param>
    /// <exception cref="MedicalGptException">The file is missing or a line is bad.</exception>
    public ReplayRollouts(string path)
    {
        this.path = path;
        if (!File.Exists(path))
            throw new MedicalGptException($"--replay_rollouts: the file {path} does not exist");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var rollout = Parse(line, $"{path}:{number}");
            var key = Key(rollout.PromptIds);
            if (!byPrompt.TryGetValue(key, out var queue))
                byPrompt[key] = queue = new Queue<Rollout>();
            queue.Enqueue(rollout);
        }
    }

    /// <inheritdoc/>
    public void MoveTo(int step, bool evaluating)
    {
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new Rollout[prompts.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            if (!byPrompt.TryGetValue(Key(prompts[i]), out var queue) || !queue.TryDequeue(out var rollout))
            {
                throw new MedicalGptException(
                    $"{path} has no recorded answer left for prompt {i} of this collection ({prompts[i].Length} tokens, ids {string.Join(' ', prompts[i].Take(8))} …); record one line per answer that the run asks for");
            }

            answers[i] = rollout;
        }

        return ValueTask.FromResult<IReadOnlyList<Rollout>>(answers);
    }

    private static string Key(int[] ids) => string.Join(',', ids);

    private static Rollout Parse(string line, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new Rollout(Ids(root, "prompt_ids"), Ids(root, "completion_ids"), !root.TryGetProperty("finished", out var finished) || finished.GetBoolean());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MedicalGptException($"{place}: not a recorded answer ({error.Message}); expected {{\"prompt_ids\":[…],\"completion_ids\":[…],\"finished\":true}}", error);
        }
    }

    private static int[] Ids(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
