using System.Diagnostics;

namespace MedicalGpt.Benchmarks.Plan;

/// <summary>Runs the real program.</summary>
/// <param name="path">The program.</param>
internal sealed class Medgpt(string path)
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>Standard output.</returns>
    public async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"medgpt {string.Join(' ', start.ArgumentList)}: {process.ExitCode}\n{output}\n{await errors}");
    }
}
