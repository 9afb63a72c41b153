using System.Diagnostics;
using System.Globalization;
using MedicalGpt.GpuCheck;
using MedicalGpt.Modeling;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

// medgpt-gpu-check [--device cpu|cuda:N] [--tiny] [--seconds S]: parity tests, then benchmarks, then one table. Exit code 0 = every test passed and every benchmark ran.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var clock = Stopwatch.StartNew();
CheckOptions options;
try
{
    options = CheckOptions.Parse(args);
}
catch (MedicalGpt.MedicalGptException error)
{
    Console.Error.WriteLine(error.ToBlock());
    return error.ExitCode;
}

Environment.SetEnvironmentVariable("MEDGPT_TEST_DEVICE", options.Device);
Operators.Initialize();
var meter = new Meter(options.Device);
Console.WriteLine($"{options.Device}: {meter.DeviceName}, libtorch {__version__}");
var failed = false;
foreach (var assembly in new[] { typeof(MedicalGpt.Modeling.Tests.FamilyParityTests).Assembly, typeof(MedicalGpt.Training.Tests.QuantizedBaseTests).Assembly, typeof(MedicalGpt.Algorithms.Tests.Training.TrainerParityTests).Assembly })
{
    // The tests print how near they are.
    var screen = Console.Out;
    Console.SetOut(TextWriter.Null);
    var result = ParityRun.Run(assembly);
    Console.SetOut(screen);
    Console.WriteLine($"{assembly.GetName().Name}: {result.Passed} passed, {result.Failures.Count} failed, {result.Skipped} skipped ({clock.Elapsed.TotalSeconds:0} s so far)");
    foreach (var failure in result.Failures)
        Console.WriteLine("  " + failure);
    failed |= result.Failures.Count > 0 || result.Passed == 0;
}

using var still = no_grad();
var shapes = options.Tiny ? Shapes.Tiny : Shapes.Half;
var precision = Precision.BFloat16On(options.Device);
var rate = meter.Rate(shapes.Matrix, precision.Compute);
Console.WriteLine($"matrix products of {shapes.Matrix} x {shapes.Matrix} in {precision.Compute}: {rate / 1e12:0.00} TFLOP/s; in Float32: {meter.Rate(shapes.Matrix, ScalarType.Float32) / 1e12:0.00}");
if (ComputeDevice.Card(options.Device) is not null)
{
    Cuda.AllowTf32 = true;
    Console.WriteLine($"in Float32 with TF32: {meter.Rate(shapes.Matrix, ScalarType.Float32) / 1e12:0.00} TFLOP/s");
    Cuda.AllowTf32 = false;
}

using var bench = new Bench(options.Device, shapes, precision, rate);
bench.Prepare();
Console.WriteLine($"{shapes.Name}, {precision.Name}, training batches of {shapes.Rows} x {shapes.Tokens} tokens, all learned");
Console.WriteLine(Table.Head);
foreach (var (name, run) in bench.Cases)
{
    if (clock.Elapsed.TotalSeconds > options.Seconds)
    {
        Console.WriteLine($"{name,-30}left out: {options.Seconds:0} s are over");
        continue;
    }

    try
    {
        Console.WriteLine(Table.Line(run(name)));
    }
    catch (TorchException error)
    {
        failed = true;
        Console.WriteLine($"{name,-30}failed: {error.Message}");
    }
}

Console.WriteLine($"{(failed ? "NOT everything passed" : "everything passed")} in {clock.Elapsed.TotalSeconds:0} s");
return failed ? 1 : 0;
