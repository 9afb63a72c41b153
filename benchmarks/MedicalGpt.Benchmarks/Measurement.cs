using System.Diagnostics;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Benchmarks;

/// <summary>Median time of one call, in microseconds, over rounds that each run in a scope of their own.</summary>
internal static class Measurement
{
    public static double Microseconds(Action call, int callsPerRound, int rounds = 25)
    {
        var times = new double[rounds];
        for (var round = -20; round < rounds; round++)
        {
            using var scope = NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            using (NewDisposeScope())
            {
                for (var i = 0; i < callsPerRound; i++) call();
            }

            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds / callsPerRound;
            if (round >= 0) times[round] = elapsed;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
