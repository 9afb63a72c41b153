using System.Diagnostics;
using System.Text;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Benchmarks;

/// <summary>Loading, encoding and decoding with a tokenizer: processor time of the process, and its memory of the process.</summary>
internal static class TokenizerBenchmark
{
    private static readonly string[] Sentences =
    [
        "患者男，58岁，因“胸痛3小时”入院，既往高血压病史10年，血压控制不佳。", "The patient's HbA1c was 7.9 % (normal: 4-6 %); metformin 500 mg twice daily was continued.",
        "给予阿司匹林300 mg嚼服，氯吡格雷300 mg口服，并行急诊冠状动脉造影。", "Common adverse effects are nausea, dizziness and a dry cough; stop the drug if angio-oedema occurs.",
        "糖尿病足溃疡感染的抗生素选择应根据细菌培养和药敏结果调整。\n", "Randomised trials (n = 1,204) showed no difference in mortality at 90 days [95% CI 0.84-1.17].\n",
    ];

    /// <summary>Prints a line for each folder of tokenizers.</summary>
    public static void Run(IReadOnlyList<string> folders)
    {
        var text = Text(4 << 20);
        var bytes = Encoding.UTF8.GetByteCount(text);
        Console.WriteLine($"{bytes / 1e6:F1} MB of Chinese and English, one thread; MB/s of processor time (best of 3), peak memory of the process");
        Console.WriteLine($"{"tokenizer",-20}{"load ms",10}{"lines MB/s",12}{"whole MB/s",12}{"decode MB/s",13}{"peak MiB",10}");
        foreach (var folder in folders)
        {
            Tokenizer.Load(folder);
            Tokenizer tokenizer = null!;
            var load = Seconds(() => tokenizer = Tokenizer.Load(folder));
            var lines = text.Split('\n');
            var ids = Array.Empty<int>();
            var byLine = Seconds(() => Array.ForEach(lines, line => tokenizer.Encode(line)));
            var whole = Seconds(() => ids = tokenizer.Encode(text));
            var decode = Seconds(() => tokenizer.Decode(ids, skipSpecial: true));
            Console.WriteLine($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),-20}{load * 1000,10:F0}{bytes / byLine / 1e6,12:F1}{bytes / whole / 1e6,12:F1}{bytes / decode / 1e6,13:F1}{Process.GetCurrentProcess().PeakWorkingSet64 >> 20,10}");
        }
    }

    // Sentences in random order with random numbers and made-up words, so that not every word is met again.
    private static string Text(int characters)
    {
        var random = new Random(20261125);
        var text = new StringBuilder(characters + 200);
        while (text.Length < characters)
        {
            text.Append(Sentences[random.Next(Sentences.Length)]).Append(' ').Append(random.Next(100_000)).Append(" mg ");
            for (var i = random.Next(3, 12); i > 0; i--)
                text.Append((char)random.Next('a', 'z' + 1));
            for (var i = random.Next(6); i > 0; i--)
                text.Append((char)random.Next(0x4E00, 0x9FA5));
        }

        return text.ToString();
    }

    private static double Seconds(Action run)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = ProcessorTime();
            run();
            best = Math.Min(best, (ProcessorTime() - before).TotalSeconds);
        }

        return best;
    }

    // All threads of the process: collecting garbage counts too.
    private static TimeSpan ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime;
}
