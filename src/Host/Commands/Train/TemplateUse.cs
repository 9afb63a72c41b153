using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>Says which settings of chat templates a stage cannot use.</summary>
internal static class TemplateUse
{
    /// <summary>Texts are trained on as they stand.</summary>
    /// <param name="data">The settings.</param>
    /// <param name="rows">What the stage learns from.</param>
    /// <param name="notice">Receives the line.</param>
    public static void Tell(DataOptions data, ExampleKind rows, Action<string> notice)
    {
        List<string> unused = [];
        if (data.TemplateName is { } name)
            unused.Add($"--template-name {name}");
        if (data.ToolFormat is { } tools)
            unused.Add($"--tool-format {tools}");
        unused.AddRange(data.TemplateKwargs.Select(variable => $"--template-kwargs.{variable.Key}={variable.Value}"));
        if (rows == ExampleKind.Text && unused.Count > 0)
            notice($"{string.Join(", ", unused)}: this stage learns texts, which go through no chat template, so nothing of this changes what is learned{(data.TemplateName is null ? "" : "; the template is written beside the model as its chat template")}.");
    }
}
