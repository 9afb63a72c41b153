using MedicalGpt.Host.Commands.Components;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Run;

/// <summary>Asks what a guided run needs to know.</summary>
/// <param name="console">The terminal.</param>
internal sealed class Guide(IAnsiConsole console)
{
    /// <summary>Fills in what is missing by asking.</summary>
    /// <param name="options">What the command line gave.</param>
    /// <returns>Complete options.</returns>
    /// <exception cref="MedicalGptException">There is no terminal; names the flags that are missing.</exception>
    public GuideOptions Complete(GuideOptions options)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            var missing = Missing(options);
            return missing.Count == 0
                ? options
                : throw new MedicalGptException("There is no recipe and no terminal to ask at.")
                {
                    Given = "medgpt run",
                    Allowed = "medgpt run RECIPE.yaml, or every flag of the guided run",
                    Remedy = "add " + string.Join(' ', missing),
                };
        }

        var method = options.Method ?? AskMethod();
        return options with
        {
            Method = method,
            Model = options.Model ?? AskPath("Folder of the model to start from"),
            SftData = options.SftData ?? AskPath("Dialogues for supervised fine-tuning (folder or file)"),
            PreferenceData = options.PreferenceData ?? (MethodGuide.NeedsPairs(method) ? AskPath("Preference pairs (folder or file)") : null),
            PromptData = options.PromptData ?? (MethodGuide.NeedsPrompts(method) ? AskPath("Prompts (folder or file)") : null),
            OutputDir = options.OutputDir ?? console.Prompt(new TextPrompt<string>("Folder for everything that is written:").DefaultValue($"outputs/{method.ToString().ToLowerInvariant()}")),
        };
    }

    private static List<string> Missing(GuideOptions options)
    {
        var missing = new List<string>();
        Need(options.Method is null, "--method ppo|dpo|orpo|grpo");
        Need(options.Model is null, "--model DIR");
        Need(options.SftData is null, "--sft-data DIR");
        Need(options.PreferenceData is null && options.Method is { } m && MethodGuide.NeedsPairs(m), "--preference-data DIR");
        Need(options.PromptData is null && options.Method is { } n && MethodGuide.NeedsPrompts(n), "--prompt-data DIR");
        Need(options.OutputDir is null, "--output-dir DIR");
        return missing;

        void Need(bool isMissing, string flag)
        {
            if (isMissing)
                missing.Add(flag);
        }
    }

    private AlignmentMethod AskMethod()
    {
        console.Line("How shall the model be aligned after supervised fine-tuning?");
        foreach (var method in Enum.GetValues<AlignmentMethod>())
            console.Line($"  {(int)method} {method.ToString().ToUpperInvariant()}: {MethodGuide.Advice(method)}");
        console.Line("In short: preference pairs -> DPO; checkable answers -> GRPO; very little memory -> GRPO; the classic pipeline -> PPO.");
        var choice = console.Prompt(new TextPrompt<int>("Your choice [grey](1-4)[/]:").DefaultValue((int)AlignmentMethod.Dpo)
            .Validate(number => Enum.IsDefined((AlignmentMethod)number) ? ValidationResult.Success() : ValidationResult.Error("a number from 1 to 4")));
        return (AlignmentMethod)choice;
    }

    private string AskPath(string question) =>
        console.Prompt(new TextPrompt<string>(question + ":").Validate(path => Path.Exists(path) ? ValidationResult.Success() : ValidationResult.Error($"'{Markup.Escape(path)}' does not exist")));
}
