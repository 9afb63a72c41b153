using System.Globalization;
using System.Text.RegularExpressions;
using MedicalGpt.Training.Templates.Jinja;
using MedicalGpt.Training.Templates.Jinja.Library;

namespace MedicalGpt.Training.Templates;

/// <summary>The formats in which a template writes the time (<c>strftime_now("%d %b %Y")</c>).</summary>
internal static partial class TimeFormats
{
    /// <summary>The formats in a template's text; null where one is not written out.</summary>
    public static IEnumerable<string?> In(string template) => Call().Matches(template).Select(call => call.Groups["format"] is { Success: true, Value: var format } && !format.Contains('\\', StringComparison.Ordinal) ? format : null);

    /// <summary>The time in a format; an unknown one gives the time to the tick, which never comes again.</summary>
    public static string Now(string? format, TimeProvider time) =>
        format is null ? time.GetUtcNow().Ticks.ToString(CultureInfo.InvariantCulture) : StrfTime.Format(format, new RenderContext(new Meter(new JinjaLimits()), time));

    // Also where the function is handed on without being called.
    [GeneratedRegex(@"\bstrftime_now\b(?:\s*\(\s*(?:""(?<format>[^""]*)""|'(?<format>[^']*)')\s*\))?(?!\s*(?:is\b))", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();
}
