using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Pipeline;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Reports;

/// <summary><c>medgpt report</c>: makes <c>report.html</c> again from the files of a run or of a pipeline.</summary>
/// <param name="console">Where its path goes.</param>
internal sealed class ReportCommand(IAnsiConsole console) : IHostCommand
{
    private const string Page = "report.html";

    /// <inheritdoc/>
    public string Name => "report";

    /// <inheritdoc/>
    public string Summary => "Make the report of a run or of a pipeline again.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [ReportOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "DIR";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "directory" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<ReportOptions>();
        return PreparedCommand.Create(resolution, _ =>
        {
            var path = Write(options.Directory);
            console.Line(path);
            return Task.FromResult(CommandResult.Success with { Output = path });
        });
    }

    private static string Write(string folder)
    {
        var run = new RunDirectory(folder);
        var path = Path.Combine(folder, Page);
        if (File.Exists(run.RunFile))
        {
            RunReport.Write(run);
            return path;
        }

        var stages = PipelineState.Open(folder).Records;
        if (stages.Count == 0)
            throw new MedicalGptException("The folder holds neither a run nor a pipeline.") { Place = folder, Allowed = "a folder with run.json (--output-dir of medgpt train) or pipeline.json (of medgpt run)" };
        PipelineReport.Write(path, Path.GetFileName(Path.GetFullPath(folder)), [.. stages.Select(stage => new PipelineRow(stage.Name, stage.Command, "", null, null, stage.Seconds, stage.PeakBytes, stage.Output ?? ""))], []);
        return path;
    }
}
