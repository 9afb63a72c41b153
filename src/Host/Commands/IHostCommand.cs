using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>One thing that <c>medgpt</c> does, from the command line or as a stage of a recipe.</summary>
internal interface IHostCommand
{
    /// <summary>The words that start it, for example <c>train dpo</c>.</summary>
    string Name { get; }

    /// <summary>One line of help.</summary>
    string Summary { get; }

    /// <summary>The options records whose flags it takes.</summary>
    IReadOnlyList<OptionsDescriptor> Records { get; }

    /// <summary>The records of one call, where the words behind the command choose more than <see cref="Records"/>.</summary>
    /// <param name="words">The words behind the command.</param>
    /// <returns>Records, for help.</returns>
    IReadOnlyList<OptionsDescriptor> RecordsFor(IReadOnlyList<string> words) => Records;

    /// <summary>What may stand behind the command without a flag, for help; null = nothing.</summary>
    string? PositionalHelp => null;

    /// <summary>The key that the n-th positional word fills; null when it may not be given.</summary>
    /// <param name="index">0-based.</param>
    /// <returns>A key of <see cref="Records"/>.</returns>
    string? PositionalKey(int index) => null;

    /// <summary>More help behind the options; null = none.</summary>
    string? Notes => null;

    /// <summary>Checks everything that can be checked without doing it: binds the records, looks up components and files.</summary>
    /// <param name="request">The settings.</param>
    /// <returns>The work, ready to run.</returns>
    /// <exception cref="MedicalGptException">Something is wrong; all wrong options at once.</exception>
    PreparedCommand Prepare(CommandRequest request);
}
