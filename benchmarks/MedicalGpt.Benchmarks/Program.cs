using System.Globalization;
using MedicalGpt.Benchmarks;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;
using F = MedicalGpt.Torch.torch.nn.functional;

// One table of what a call through the binding costs. Scopes' ends (freeing) are part of every figure.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["tokenizers", .. var folders])
{
    TokenizerBenchmark.Run(folders);
    return;
}

torch.set_num_threads(1);
Operators.Initialize();
using var all = NewDisposeScope();
using var quiet = no_grad();
var a = torch.randn(4, 4);
var b = torch.randn(4, 4);
var weight = torch.randn(512, 512);

Console.WriteLine($"libtorch {torch.__version__}, one thread, BLAS {Blas.LibraryPath}");
Console.WriteLine($"{"operation",-46}{"µs per call",12}{"target",10}");
Row("add of 4x4, a dispose scope per 500", Measurement.Microseconds(() => a.add(b), 500, 500), 1.0);
Row("add of 4x4, a dispose scope per 10,000", Measurement.Microseconds(() => a.add(b), 10_000), null);
Row("add of 4x4, result freed at once", Measurement.Microseconds(() => a.add(b).Dispose(), 500, 500), null);
Row("add_ of 4x4, in place", Measurement.Microseconds(() => a.add_(b), 500, 500), null);
Row("shape of a tensor", Measurement.Microseconds(() => a.size(0), 100_000), null);
foreach (var rows in new[] { 1, 8, 128, 1024 })
{
    var x = torch.randn(rows, 512);
    var calls = Math.Max(20, 2000 / rows);
    var micros = Measurement.Microseconds(() => F.linear(x, weight).Dispose(), calls);
    var bare = Measurement.Microseconds(() => BareDispatcher.Linear(x, weight), calls);
    Row($"linear {rows} x 512 x 512", micros, null, $"{2.0 * rows * 512 * 512 / micros / 1000:F1} GFLOP/s");
    Row($"  the same through the bare dispatcher", bare, null, $"{(micros - bare) * 1000:F0} ns of ours");
}

static void Row(string name, double micros, double? target, string note = "") =>
    Console.WriteLine($"{name,-46}{micros,12:F3}{(target is { } t ? $"<= {t:F1}" : ""),10}  {(target is { } limit ? micros <= limit ? "met" : "MISSED" : note)}");
