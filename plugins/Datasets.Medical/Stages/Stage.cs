using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;
using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>One configuration of the dataset: the rows that a stage of the pipeline trains on.</summary>
/// <param name="Name">The configuration's name.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Rows">Gives the rows of a split.</param>
internal sealed record Stage(string Name, ExampleKind Kind, Func<StageInput, IEnumerable<Example>> Rows)
{
    /// <summary>All configurations.</summary>
    public static readonly IReadOnlyList<Stage> All =
    [
        new("pretrain", ExampleKind.Text, PretrainRows.Make),
        new("sft", ExampleKind.Conversation, SftRows.Make),
        new("reward", ExampleKind.Preference, PairRows.Make),
        new("preference", ExampleKind.Preference, PairRows.Make),
        new("prompts", ExampleKind.Prompt, PromptRows.Make),
    ];
}

/// <summary>What a stage makes rows from.</summary>
/// <param name="Bank">Questions and facts.</param>
/// <param name="Configuration">The configuration's name; each has its own random streams.</param>
/// <param name="Split">The split.</param>
/// <param name="Seed">Seed of order, hedging and wrong answers.</param>
/// <param name="Size">Training rows at most; 0 = all.</param>
/// <param name="HeldOutSize">Rows of validation and test.</param>
/// <param name="PairsPerQuestion">Training pairs of a question, each with a wrong answer drawn anew.</param>
internal sealed record StageInput(QuestionBank Bank, string Configuration, string Split, int Seed, int Size, int HeldOutSize, int PairsPerQuestion = 1)
{
    /// <summary>The questions of this split, in the stage's order.</summary>
    public IReadOnlyList<Question> Questions => Split == Splits.Train
        ? Sampler.Train(Bank, Seed, Configuration, Size)
        : Sampler.HeldOut(Bank, Split, HeldOutSize);

    /// <summary>A random stream for one question: stable whatever else is in the tables.</summary>
    /// <param name="question">The question.</param>
    /// <param name="draw">0 for the first use of the question, 1 for the second …</param>
    public SplitMix64 Random(Question question, int draw = 0) => SplitMix64.Stream(Seed, $"{Configuration}|{question.Text}{(draw == 0 ? "" : $"|{draw}")}");
}
