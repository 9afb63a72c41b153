using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>The model of a command that only reads it.</summary>
[Options("model")]
public sealed partial record InferenceModelOptions
{
    /// <summary>Folder of the model (config.json and safetensors weights).</summary>
    [Required]
    [Alias("model_name_or_path", "base_model")]
    public string Model { get; init; } = "";

    /// <summary>Folder of a PEFT adapter on top of it.</summary>
    [Alias("peft_path", "lora_model")]
    public string? Adapter { get; init; }

    /// <summary>Folder of the tokenizer; none = the model's folder. Needed for text only.</summary>
    [Alias("tokenizer_name_or_path", "tokenizer_path")]
    public string? Tokenizer { get; init; }

    /// <summary>Chat template by name, or the path of a .jinja file; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>How a named template writes tools: default, glm4, llama3, mistral or qwen; none = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables of the chat template: --template_kwargs.enable_thinking=false sets enable_thinking.</summary>
    [Alias("chat_template_kwargs")]
    public IReadOnlyDictionary<string, string> TemplateKwargs { get; init; } = new Dictionary<string, string>();

    /// <summary>Number type of the computation.</summary>
    public ComputePrecision Precision { get; init; } = ComputePrecision.Fp32;

    /// <summary>Threads of the tensor library; 0 = one per core.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>How its weights are packed; not an option of this record.</summary>
    internal QuantizedBaseOptions Base { get; init; } = new();

    /// <summary>Where it computes; not an option of this record.</summary>
    internal DeviceOptions Place { get; init; } = new();

    /// <summary>The record and those that go with it.</summary>
    public static OptionsDescriptor[] Descriptors => [Descriptor, DeviceOptions.Descriptor, QuantizedBaseOptions.Descriptor];

    /// <summary>Binds the record together with <see cref="DeviceOptions"/> and <see cref="QuantizedBaseOptions"/>.</summary>
    /// <param name="resolution">Resolved options.</param>
    /// <returns>The record.</returns>
    public static InferenceModelOptions Bind(OptionResolution resolution) =>
        resolution.Bind<InferenceModelOptions>() with { Base = resolution.Bind<QuantizedBaseOptions>(), Place = resolution.Bind<DeviceOptions>() };

    /// <summary>The same for the model loader; loads the tensor library to see which devices there are. What a person should know about the folders goes to the error stream.</summary>
    /// <returns>How the model is loaded: frozen, with its adapter.</returns>
    public LoadOptions ToLoad()
    {
        foreach (var notice in LoadNotices.Of(Model, Adapter))
            Console.Error.WriteLine(Output.Visible(notice));
        var device = Place.Activate();
        return new LoadOptions { Precision = Base.Compute(Precision).Formats(device), Adapter = Adapter, Quantization = Base.Quantization, Device = device };
    }

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };
}
