using System.Diagnostics;
using System.Globalization;
using MedicalGpt.Host.Commands.Components;

namespace MedicalGpt.Host.Hub;

/// <summary>Says on the error stream how far a pull is: nothing for short ones, then a line every few seconds.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class PullProgress(TextWriter output) : IPullProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private readonly Lock _state = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Interval;
    private long _total, _there, _arrived;
    private int _files, _done;
    private HubTry? _told;

    /// <summary>A number of bytes for people.</summary>
    /// <param name="bytes">The number; negative = nobody told it.</param>
    /// <returns>For example <c>1.2 GB</c> (10^9 bytes).</returns>
    public static string Size(long bytes)
    {
        if (bytes < 0)
            return "size not told";
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, unit == 0 ? 0 : 1)} {units[unit]}");
    }

    /// <summary>Says that something failed and is tried again; what parts of a file say at the same time is said once.</summary>
    /// <param name="next">The next try.</param>
    public void Again(HubTry next)
    {
        lock (_state)
        {
            if (_told is { } told && (told.Problem, told.Number) == (next.Problem, next.Number))
                return;
            _told = next;
            output.WriteLine(Output.Visible(string.Create(CultureInfo.InvariantCulture, $"pull: {next.Problem}; again in {next.Wait.TotalSeconds:0.#} s (try {next.Number} of {next.Most})")));
        }
    }

    /// <inheritdoc/>
    public void Begin(int files, long bytes)
    {
        lock (_state)
            (_files, _total) = (files, bytes);
    }

    /// <inheritdoc/>
    public void Add(long bytes, bool arrived)
    {
        lock (_state)
        {
            _there += bytes;
            if (arrived)
                _arrived += bytes;
            if (_clock.Elapsed < _next || _there >= _total)
                return;
            _next = _clock.Elapsed + Interval;
            var rate = _arrived / _clock.Elapsed.TotalSeconds;
            var left = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(_total - _there) / rate:0} s left") : "";
            output.WriteLine($"pull: {Size(_there)} of {Size(_total)}, {_done} of {_files} files, {Size((long)rate)}/s{left}");
        }
    }

    /// <inheritdoc/>
    public void Note(string text)
    {
        lock (_state)
            output.WriteLine(Output.Visible($"pull: {text}"));
    }

    /// <inheritdoc/>
    public void FileDone()
    {
        lock (_state)
            _done++;
    }
}
