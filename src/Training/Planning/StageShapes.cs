using MedicalGpt.Options;

namespace MedicalGpt.Training.Planning;

/// <summary>Reads the shape of a stage's micro-batch from the options that the stage has.</summary>
public static class StageShapes
{
    /// <summary>Stages that can be planned.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["pt", "sft", "rm", "ppo", "dpo", "orpo", "grpo"];

    /// <summary>The shape.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="number">Gives the value of an option of the stage, by key; null where it has none.</param>
    /// <param name="batch">Rows (answers, for PPO and GRPO) per micro-batch, and micro-batches per update.</param>
    /// <param name="learnedShare">Share of the tokens of a PT or SFT row that are learned.</param>
    /// <exception cref="MedicalGptException">The stage cannot be planned.</exception>
    public static StageShape Of(string method, Func<string, double?> number, BatchShape batch, double learnedShare)
    {
        int Get(string key, int otherwise) => (int)(number(key) ?? otherwise);
        var rows = batch.MicroBatchSize;
        switch (method)
        {
            case "pt":
                return Rows(Get("block_size", 1024), learnedShare);
            case "sft":
                return Rows(Get("model_max_length", 1024), learnedShare);
            case "rm" or "dpo" or "orpo":
                var pair = new StageShape(method, rows, Get("max_source_length", 1024), 2, Get("max_target_length", 512)) { Accumulation = batch.AccumulationSteps, RowsPerMicroBatch = rows, UsesReference = method == "dpo" };
                return method == "rm" ? pair : pair with { ReadTokens = pair.Answers * pair.AnswerTokens };
            case "grpo":
                var group = Get("num_generations", 4);
                var together = Math.Min(rows, group);
                var groups = new StageShape(method, (rows + together - 1) / together, Get("max_source_length", 1024), together, Get("max_completion_length", 512));
                return groups with
                {
                    ReadTokens = groups.Answers * groups.AnswerTokens,
                    UsesReference = number("beta") is > 0,
                    GeneratedAnswers = rows * Get("steps_per_generation", batch.AccumulationSteps),
                    Passes = Get("num_iterations", 1),
                    Accumulation = batch.AccumulationSteps,
                    RowsPerMicroBatch = rows / (double)group,
                };
            case "ppo":
                var rollouts = new StageShape(method, rows, Get("max_source_length", 1024), 1, Get("max_completion_length", 256));
                return rollouts with
                {
                    ReadTokens = rollouts.Answers * rollouts.AnswerTokens,
                    UsesReference = true,
                    UsesRewardModel = true,
                    UsesValueModel = true,
                    GeneratedAnswers = rows * batch.AccumulationSteps,
                    Passes = Get("num_ppo_epochs", 4),
                    Accumulation = batch.AccumulationSteps,
                    RowsPerMicroBatch = rows,
                };
            default:
                throw new MedicalGptException("The stage cannot be planned.") { Place = "--method", Given = method, Allowed = string.Join(", ", Methods) };
        }

        StageShape Rows(int length, double share) => new(method, rows, 0, 1, length) { ReadTokens = (long)Math.Ceiling(share * rows * length), Accumulation = batch.AccumulationSteps, RowsPerMicroBatch = rows };
    }
}
