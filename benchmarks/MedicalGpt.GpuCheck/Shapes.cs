using MedicalGpt.Modeling;

namespace MedicalGpt.GpuCheck;

/// <summary>The models and batches that are measured.</summary>
/// <param name="Name">Shown in the table.</param>
/// <param name="Model">The model; its weights are random.</param>
/// <param name="Rows">Rows of a training batch.</param>
/// <param name="Tokens">Tokens of a row.</param>
/// <param name="Answers">Rows that are generated together.</param>
/// <param name="NewTokens">Tokens that each of them gets.</param>
/// <param name="Matrix">Width of the matrices of which the card's rate is measured.</param>
internal sealed record Shapes(string Name, DecoderOptions Model, int Rows, int Tokens, int Answers, int NewTokens, int Matrix)
{
    /// <summary>Qwen2.5-0.5B.</summary>
    public static Shapes Half => new(
        "Qwen2.5-0.5B",
        new DecoderOptions { VocabularySize = 151_936, HiddenSize = 896, LayerCount = 24, HeadCount = 14, KeyValueHeadCount = 2, HeadDimension = 64, IntermediateSize = 4864, QueryKeyValueBias = true, TiedEmbeddings = true },
        Rows: 8, Tokens: 1024, Answers: 32, NewTokens: 128, Matrix: 4096);

    /// <summary>The same in small, for trying the check out.</summary>
    public static Shapes Tiny => new(
        "tiny",
        new DecoderOptions { VocabularySize = 512, HiddenSize = 64, LayerCount = 2, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 16, IntermediateSize = 128, QueryKeyValueBias = true, TiedEmbeddings = true },
        Rows: 2, Tokens: 64, Answers: 4, NewTokens: 16, Matrix: 256);

    /// <summary>Multiplications and additions of the layers' matrices and the head, per token.</summary>
    public double ForwardPerToken
    {
        get
        {
            double h = Model.HiddenSize, q = Model.HeadCount * Model.HeadDimension, k = Model.KeyValueHeadCount * Model.HeadDimension, i = Model.IntermediateSize;
            return 2 * (Model.LayerCount * ((2 * h * q) + (2 * h * k) + (3 * h * i)) + (h * Model.VocabularySize));
        }
    }

    /// <summary>The head's share of <see cref="ForwardPerToken"/>.</summary>
    public double HeadPerToken => 2.0 * Model.HiddenSize * Model.VocabularySize;
}
