using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.CommandLine;

/// <summary>Lays out the help of one command: every option with its default, unit and range.</summary>
/// <param name="console">Where it goes.</param>
internal sealed class HelpPrinter(IAnsiConsole console)
{
    /// <summary>Prints the help of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The words behind it.</param>
    public void Print(IHostCommand command, IReadOnlyList<string> words)
    {
        console.Line(command.Summary);
        console.Line();
        console.Line($"usage: medgpt {command.Name}{(command.PositionalHelp is { } positional ? " " + positional : "")} [--option value ...]");
        var set = new OptionSet(command.RecordsFor(words));
        foreach (var record in set.Records)
        {
            console.Line();
            console.Line($"{record.Name} - {record.Summary}", LineStyle.Strong);
            console.Write(Table(OptionHelp.Rows(set, record)));
        }

        var accepted = OptionHelp.Accepted(set);
        if (accepted.Count > 0)
        {
            console.Line();
            console.Line("accepted without effect (so that commands written for other tools run unchanged)", LineStyle.Strong);
            foreach (var option in accepted)
                console.Line($"  {OptionNames.Flag(option.Key)}: {option.Reason}");
        }

        console.Line();
        console.Line("Every flag may be written in kebab-case or snake_case; booleans bare or with True/False.");
        console.Line("Which value wins: record default < stage default < --preset < recipe < environment (MEDGPT__KEY=value) < command line.");
        if (command.Notes is { } notes)
            console.Line(notes);
    }

    /// <summary>Prints the options of one component.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="options">Its options.</param>
    public void PrintComponent(string title, OptionsDescriptor options)
    {
        console.Line(title);
        console.Line(options.Summary);
        if (options.Options.Count == 0)
            console.Line("  It has no options.");
        else
            console.Write(Table(OptionHelp.Rows(new OptionSet(options), options)));
        foreach (var value in options.StageDefaults)
            console.Line($"  it changes the default of {OptionNames.Flag(value.Key)} to {value.Value}");
    }

    private static Table Table(IReadOnlyList<OptionHelpRow> rows)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("flag", "default", "description");
        table.Columns[0].NoWrap();
        table.Columns[0].Padding = new Padding(2, 0, 2, 0);
        foreach (var row in rows)
        {
            var value = string.Join(' ', new[] { row.Default.Length == 0 ? "none" : row.Default, row.Unit }.Where(part => part.Length > 0));
            var details = new[]
            {
                Short(row.Type) == row.Type ? null : $"[{row.Type.Replace("|", ", ", StringComparison.Ordinal)}]",
                row.Range.Length == 0 ? null : $"[{row.Range}]",
                row.Aliases.Count == 0 ? null : $"also {string.Join(", ", row.Aliases)}",
            }.Where(part => part is not null);
            table.AddRow(
                Markup.Escape($"{row.Flag} {Short(row.Type)}"),
                Markup.Escape(value),
                Markup.Escape(string.Join(' ', details.Prepend(row.Description))));
        }

        return table;
    }

    private static string Short(string type) => type.Length <= 24 ? type : "choice";
}
