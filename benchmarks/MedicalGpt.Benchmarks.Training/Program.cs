using System.Diagnostics;
using System.Globalization;
using MedicalGpt.Benchmarks;
using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

// LoRA SFT steps: time, peak memory, and the share of the ceiling of matrix products measured in the same run.
// Without arguments every case runs in a process of its own, so that peaks do not mix. With: CASE PRECISION [nf4] [checkpointing].
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    foreach (var line in new[] { "qwen2.5-0.5b fp32", "qwen2.5-0.5b fp32 checkpointing", "qwen2.5-0.5b bf16", "qwen2.5-0.5b bf16 checkpointing", "qwen2.5-0.5b bf16 nf4", "qwen2.5-0.5b bf16 nf4 checkpointing", "wide fp32", "wide bf16" })
        Run(line.Split(' '));
    return 0;
}

var step = StepCase.All.SingleOrDefault(c => c.Name == args[0]);
string[] precisions = ["fp32", "bf16", "fp16"];
var save = args is [_, "save", _];
if (step is null || (!save && (args.Length < 2 || !precisions.Contains(args[1]) || args[2..].Any(word => word is not ("nf4" or "checkpointing")))))
{
    Console.Error.WriteLine($"""
        usage: MedicalGpt.Benchmarks.Training [CASE PRECISION [nf4] [checkpointing]]
          CASE       {string.Join(", ", StepCase.All.Select(c => c.Name))}
          PRECISION  {string.Join(", ", precisions)}
        Without arguments every case runs.
        """);
    return 2;
}

Operators.Initialize();
if (save)
{
    StepRun.Save(step, args[2]);
    return 0;
}

var precision = Precision.Parse(args[1]);
var checkpointing = args.Contains("checkpointing");
if (ProcessorCores.Threads is { } threads)
    set_num_threads(threads);
// The folder is written by another process, so that its memory is not counted here.
var quantized = args.Contains("nf4") ? Directory.CreateTempSubdirectory("medgpt-step").FullName : null;
if (quantized is not null)
    Run(step.Name, "save", quantized);
using var still = no_grad();
StepResult result;
using (enable_grad())
    result = StepRun.Run(step, precision, quantized, checkpointing, steps: 5);
var tokens = step.Rows * step.Tokens;
if (quantized is not null)
    Directory.Delete(quantized, true);
Console.WriteLine($"{string.Join(' ', args),-34} {result.Seconds,6:F2} s/step  {tokens / result.Seconds,7:F1} tokens/s  {result.Share,6:P0} of the products alone (computed in {precision.Compute}, 512 rows: {result.Rate:F0} GFLOP/s)  peak {result.PeakResident / 1e9:F2} GB (tensors {result.PeakTensors / 1e9:F2} GB)");
return 0;

static void Run(params string[] arguments)
{
    using var child = Process.Start(Environment.ProcessPath!, arguments);
    child.WaitForExit();
}
