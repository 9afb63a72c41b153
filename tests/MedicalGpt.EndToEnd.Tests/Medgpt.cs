using System.Diagnostics;
using System.Text;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>What a run of the real program printed. Starts <c>artifacts/bin/MedicalGpt.Host/release/medgpt</c> as a process of its own, as users do.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Medgpt(string Arguments, int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Folder of the reference numbers that tests share.</summary>
    public static string Golden { get; } = Path.Combine(Root, "tests", "fixtures", "golden");

    /// <summary>The program.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "MedicalGpt.Host", "release", "medgpt");

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>What came out.</returns>
    public static Task<Medgpt> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    /// <summary>Runs the program to its end, with standard input, environment and working directory.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">Standard input; null = empty.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="directory">Working directory; null = the test's.</param>
    /// <param name="largestFile">Files may not grow beyond this many KiB; null = no limit.</param>
    /// <returns>What came out.</returns>
    public static async Task<Medgpt> RunAsync(IReadOnlyList<string> arguments, string? input, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, int? largestFile = null)
    {
        using var process = Start(arguments, environment, directory, largestFile);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"medgpt {string.Join(' ', arguments)} did not end within {Limit}");
        }

        return new Medgpt(string.Join(' ', arguments), process.ExitCode, await output, await errors);
    }

    /// <summary>Starts the program and leaves it running, for tests that interrupt it.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="directory">Working directory; null = the test's.</param>
    /// <param name="largestFile">Files may not grow beyond this many KiB; null = no limit.</param>
    /// <returns>The process, its three streams redirected.</returns>
    public static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, int? largestFile = null)
    {
        var start = new ProcessStartInfo(largestFile is null ? Program : "/bin/bash", largestFile is { } limit ? ["-c", $"trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"", Program, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = directory ?? Environment.CurrentDirectory,
        };
        start.Environment["OMP_NUM_THREADS"] = "2";
        if (largestFile is not null)
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it maps a large temporary file
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
    }

    /// <summary>Sends a signal to a process that a test has started.</summary>
    /// <param name="process">The process.</param>
    /// <param name="signal">Its name, such as INT.</param>
    /// <returns>A task that ends when the signal is sent.</returns>
    public static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Fails, with everything the program printed, unless it succeeded.</summary>
    /// <returns>The same run.</returns>
    public Medgpt ShouldSucceed()
    {
        ExitCode.ShouldBe(0, $"medgpt {Arguments}\n{Output}\n{Errors}");
        return this;
    }

    /// <summary>Fails unless the program refused its input with one readable block and exit code 2.</summary>
    /// <returns>The block.</returns>
    public string ShouldRefuse()
    {
        ExitCode.ShouldBe(2, $"medgpt {Arguments}\n{Output}\n{Errors}");
        Errors.ShouldNotContain("   at ");
        return Errors.Trim();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no MedicalGpt.sln above {AppContext.BaseDirectory}");
    }
}
