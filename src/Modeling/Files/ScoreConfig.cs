using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Turns a language model's configuration into that of a one-label score model, as transformers writes it.</summary>
internal static class ScoreConfig
{
    public static void Apply(ModelConfig config, IModelFamily family)
    {
        if (config.IsScoreModel)
            return;
        config.Json["architectures"] = new JsonArray(family.ScoreArchitecture);
        config.Json["id2label"] = new JsonObject { ["0"] = "LABEL_0" };
        config.Json["label2id"] = new JsonObject { ["LABEL_0"] = 0 };
    }
}
