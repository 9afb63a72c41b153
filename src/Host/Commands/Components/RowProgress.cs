using System.Diagnostics;
using System.Globalization;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>Says on the error stream how far a long command is: nothing for short ones, then a line every few seconds.</summary>
/// <param name="what">What is counted, for example <c>generate</c>.</param>
/// <param name="total">Rows in all.</param>
internal sealed class RowProgress(string what, int total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Interval;

    /// <summary>Tells that rows are done.</summary>
    /// <param name="done">Rows done so far.</param>
    public void Report(int done)
    {
        if (_clock.Elapsed < _next || done >= total)
            return;
        _next = _clock.Elapsed + Interval;
        var rate = done / _clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {done} of {total} rows, {rate:0.0} rows/s, {(total - done) / Math.Max(rate, 1e-9):0} s left"));
    }
}
