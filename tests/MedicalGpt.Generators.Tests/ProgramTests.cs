namespace MedicalGpt.Generators.Tests;

/// <summary>A whole small program with generated options: compiled, loaded and run.</summary>
public sealed class ProgramTests
{
    private const string Program = """

        public static class Program
        {
            public static int Run(string[] arguments, System.IO.TextWriter output, System.IO.TextWriter error)
            {
                try
                {
                    var set = new OptionSet(DpoOptions.Descriptor);
                    foreach (var row in arguments is ["--help"] ? OptionHelp.Rows(set, DpoOptions.Descriptor) : [])
                        output.WriteLine($"{row.Flag} <{row.Type}> {row.Description} Default: {row.Default}. Range: {row.Range}.");
                    if (arguments is ["--help"])
                        return 0;
                    var resolution = OptionResolver.Resolve(set, [CommandLineReader.Read(arguments, set)]);
                    var options = resolution.Bind<DpoOptions>();
                    resolution.ThrowIfInvalid();
                    output.WriteLine($"beta is {OptionText.Number(options.Beta)}");
                    return 0;
                }
                catch (MedicalGpt.MedicalGptException wrong)
                {
                    error.WriteLine(wrong.ToBlock());
                    return wrong.ExitCode;
                }
            }
        }
        """;

    [Fact]
    public void Good_arguments_are_bound_and_exit_with_0() => Run("--lambda-orpo", "2e-1").ShouldBe((0, "beta is 0.2\n", ""));

    [Fact]
    public void Bad_arguments_are_explained_and_exit_with_2() => Run("--betta", "1", "--label-smoothing", "x").ShouldBe((2, "", """
        error: 2 options are wrong.
          --betta: unknown option; did you mean --beta? (command line)
          --label-smoothing: given 'x' (command line); allowed: a number >= 0 and < 0.5

        """));

    [Fact]
    public void Help_comes_from_the_doc_comments() => Run("--help").ShouldBe((0, """
        --beta <number> Strength of the KL constraint. Default: 0.1. Range: >= 0 and <= 10.
        --label-smoothing <number> Share of swapped labels. Default: 0. Range: >= 0 and < 0.5.

        """, ""));

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        // Without the stage default: no trainer owns learning_rate in this program.
        var source = string.Join('\n', Sources.Dpo.Split('\n').Where(line => !line.Contains("\"learning_rate\"", StringComparison.Ordinal))) + Program;
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var main = GeneratorRun.Load(source).GetType("Samples.Program", throwOnError: true)!.GetMethod("Run")!;
        return ((int)main.Invoke(null, [arguments, output, error])!, output.ToString(), error.ToString());
    }
}
