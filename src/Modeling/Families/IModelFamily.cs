using System.Text.Json.Nodes;
using MedicalGpt.Plugins;

namespace MedicalGpt.Modeling;

/// <summary>A model architecture: how its <c>config.json</c> maps to a <see cref="DecoderOptions"/> and its weights to ours. Registered by plugins; most derive from <see cref="DecoderFamily"/>.</summary>
[ComponentContract(ComponentKinds.Model)]
public interface IModelFamily
{
    /// <summary><c>model_type</c> of its configuration, for example <c>qwen2</c>.</summary>
    string ModelType { get; }

    /// <summary>The transformers class of its language model, for example <c>Qwen2ForCausalLM</c>.</summary>
    string CausalArchitecture { get; }

    /// <summary>The transformers class of its score model, for example <c>Qwen2ForSequenceClassification</c>.</summary>
    string ScoreArchitecture { get; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <returns>The decoder it describes.</returns>
    /// <exception cref="MedicalGptException">A value is missing, of the wrong kind or not supported.</exception>
    DecoderOptions Read(ModelConfig config);

    /// <summary>Writes the configuration of a new model, readable by transformers 4 and 5.</summary>
    /// <param name="options">The decoder.</param>
    /// <returns>The family's keys.</returns>
    JsonObject Write(DecoderOptions options);

    /// <summary>Known shapes, for models with random weights.</summary>
    IReadOnlyList<ModelPreset> Presets => [];

    /// <summary>Name of a parameter in the family's weight files.</summary>
    /// <param name="parameter">Our name, which is the Llama/Qwen layout of transformers, for example <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
    /// <returns>The file's name.</returns>
    string WeightName(string parameter) => parameter;
}
