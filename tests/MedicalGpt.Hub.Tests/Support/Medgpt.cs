using System.Diagnostics;

namespace MedicalGpt.Hub.Tests.Support;

/// <summary>What a run of the real program printed.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Medgpt(int ExitCode, string Output, string Errors)
{
    private static readonly string[] Theirs = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_TOKEN_PATH", "http_proxy", "HTTP_PROXY", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Starts the program.</summary>
    /// <param name="environment">Variables; those of the hub and of proxies that the test has are taken away.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "artifacts", "bin", "MedicalGpt.Host", "release", "medgpt"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in Theirs)
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="environment">Variables.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<Medgpt> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits for the end of the program.</summary>
    /// <param name="process">The program.</param>
    public static async Task<Medgpt> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Medgpt(process.ExitCode, await output, await errors);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
