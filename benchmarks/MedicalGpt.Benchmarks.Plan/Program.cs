using System.Globalization;
using MedicalGpt.Benchmarks.Plan;

// Usage: plan [MEDGPT] [PART_OF_A_CASE'S_NAME ...]
// Peak memory that `medgpt plan` predicts against what `medgpt train` takes, each configuration in processes of its own.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var program = args.Length > 0 && File.Exists(args[0]) ? args[0] : Path.Combine("artifacts", "bin", "MedicalGpt.Host", "release", "medgpt");
var names = args.Length > 0 && File.Exists(args[0]) ? args[1..] : args;
if (!File.Exists(program))
{
    Console.Error.WriteLine($"{program} is missing: build it (eng/build.sh), start this from the repository's root, or name the program first");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("medgpt-plan-").FullName;
try
{
    var bench = new PlanBench(new Medgpt(program), folder);
    var worst = 0.0;
    Console.WriteLine("| Configuration | Predicted, MB | Tensors, MB | Off | Process, MB | Off |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (var one in PlanCases.All.Where(one => names.Length == 0 || names.Any(one.Name.Contains)))
    {
        var result = await bench.RunAsync(one);
        worst = Math.Max(worst, Math.Max(Math.Abs(result.TensorError), Math.Abs(result.ProcessError)));
        Console.WriteLine(result.Row);
    }

    Console.WriteLine($"\nfurthest off: {worst:P1}");
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
