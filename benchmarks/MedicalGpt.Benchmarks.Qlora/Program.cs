using System.Diagnostics;
using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

// A training step of LoRA (r 8, all linear layers, 2 rows of 256 tokens) on layers of Qwen2.5-0.5B's shape with random weights: the base in several
// formats, measured in turn so that other work on the machine falls on all of them. What counts is the ratio to bf16, not the seconds.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (layers, rounds) = (2, 5);
if (args.Length > 2 || (args.Length > 0 && !(int.TryParse(args[0], out layers) && layers > 0)) || (args.Length > 1 && !(int.TryParse(args[1], out rounds) && rounds > 0)))
{
    Console.Error.WriteLine("usage: MedicalGpt.Benchmarks.Qlora [LAYERS [ROUNDS]]   (whole numbers from 1; without them 2 and 5)");
    return 2;
}

Operators.Initialize();
set_num_threads(Environment.ProcessorCount);
var folders = new ModelFolder(new ModelFamilies([new Qwen2Family()]));
var shape = new DecoderOptions { VocabularySize = 4096, HiddenSize = 896, LayerCount = layers, HeadCount = 14, KeyValueHeadCount = 2, HeadDimension = 64, IntermediateSize = 4864, QueryKeyValueBias = true, TiedEmbeddings = true };
var source = Directory.CreateTempSubdirectory("medgpt-qlora").FullName;
using (var fresh = folders.CreateCausal("qwen2", shape, new LoadOptions { Seed = 1 }))
    ModelFolder.Save(fresh, source);
var layout = SequenceLayout.Create([.. Enumerable.Range(0, 2).Select(r => new Segment([.. Enumerable.Range(0, 256).Select(i => (i * 31 + r * 7) % 4096)]))]);

(string Name, Precision Precision, QuantizationOptions? Quantization)[] kinds =
[
    ("LoRA, bf16", Precision.BFloat16On("cpu"), null),
    ("LoRA, fp32", Precision.Float32, null),
    ("QLoRA nf4, computed in fp32", Precision.Float32, new QuantizationOptions()),
    ("QLoRA nf4, with --precision bf16", Precision.BFloat16On("cpu"), new QuantizationOptions()),
    ("int8 base, computed in fp32", Precision.Float32, new QuantizationOptions { Type = QuantizationType.Int8 }),
    ("fp16 base (kept in fp16, computed in fp32 here)", Precision.Float16On("cpu"), null),
];
var times = kinds.ToDictionary(k => k.Name, _ => new List<double>());
var bytes = new Dictionary<string, (long Weights, long Peak)>();
for (var round = 0; round <= rounds; round++)
{
    foreach (var kind in kinds)
    {
        using var model = folders.LoadCausal(source, new LoadOptions { Precision = kind.Precision, Quantization = kind.Quantization, NewAdapter = new LoraOptions() });
        var live = TensorMemory.LiveBytes;
        TensorMemory.ResetPeak();
        var clock = Stopwatch.StartNew();
        using (NewDisposeScope())
            model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg().backward();
        // The first round warms up.
        if (round > 0)
            times[kind.Name].Add(clock.Elapsed.TotalSeconds);
        bytes[kind.Name] = (model.Parameters.Sum(p => p.Bytes), TensorMemory.PeakBytes - live);
    }
}

Directory.Delete(source, true);
double Median(string name) => times[name].Order().ElementAt(rounds / 2);
var reference = Median(kinds[0].Name);
Console.WriteLine($"libtorch {__version__}, {get_num_threads()} threads, {layers} layers of Qwen2.5-0.5B's shape, 512 tokens, median of {rounds}");
Console.WriteLine($"{"step",-50}{"seconds",9}{"to bf16",9}{"base MB",9}{"peak beside it, MB",20}");
foreach (var kind in kinds)
    Console.WriteLine($"{kind.Name,-50}{Median(kind.Name),9:F3}{Median(kind.Name) / reference,9:F2}{bytes[kind.Name].Weights / 1e6,9:F1}{bytes[kind.Name].Peak / 1e6,20:F1}");
return 0;
