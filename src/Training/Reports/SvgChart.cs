using System.Globalization;
using System.Net;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>Draws the curves of a metric as one inline SVG.</summary>
internal static class SvgChart
{
    private const int Width = 360, Height = 190, Left = 52, Right = 10, Top = 26, Bottom = 24;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">Name of the metric.</param>
    /// <param name="lines">Curves with their names; the first is drawn as training, the second as held-out.</param>
    public static string Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<MetricPoint> Points)> lines)
    {
        var all = lines.SelectMany(l => l.Points).ToList();
        var (minX, maxX) = Span(all.Min(p => (double)p.Step), all.Max(p => (double)p.Step));
        var (minY, maxY) = Span(all.Min(p => p.Value), all.Max(p => p.Value));
        double X(double step) => Left + (step - minX) / (maxX - minX) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - minY) / (maxY - minY) * (Height - Top - Bottom);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Left}\" y=\"16\">{WebUtility.HtmlEncode(title)}</text>");
        foreach (var share in new[] { 0.0, 0.5, 1.0 })
        {
            var value = minY + share * (maxY - minY);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{Y(value) + 3.5:0.#}\" text-anchor=\"end\">{Short(value)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left}\" y=\"{Height - 8}\">{minX:0}</text><text class=\"tick\" x=\"{Width - Right}\" y=\"{Height - 8}\" text-anchor=\"end\">{maxX:0} updates</text>");
        for (var i = 0; i < lines.Count; i++)
            AppendLine(svg, lines[i].Name, lines[i].Points, i, X, Y);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A number in at most five characters or so.</summary>
    public static string Short(double value)
    {
        var size = Math.Abs(value);
        var format = size switch
        {
            0 => "0",
            >= 1e6 => "0.#e0",
            >= 1000 => "0",
            >= 100 => "0.#",
            >= 1 => "0.##",
            >= 0.001 => "0.####",
            _ => "0.##e0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static void AppendLine(StringBuilder svg, string name, IReadOnlyList<MetricPoint> points, int index, Func<double, double> x, Func<double, double> y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line{index}\" points=\"");
        foreach (var point in points)
            svg.Append(CultureInfo.InvariantCulture, $"{x(point.Step):0.#},{y(point.Value):0.#} ");
        svg.Append("\"/>");
        foreach (var point in points.Count <= 12 ? points : [points[^1]])
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot{index}\" cx=\"{x(point.Step):0.#}\" cy=\"{y(point.Value):0.#}\" r=\"2.5\"><title>{WebUtility.HtmlEncode(name)} after {point.Step}: {Short(point.Value)}</title></circle>");
    }

    private static (double Low, double High) Span(double low, double high) => high > low ? (low, high) : (low - Math.Max(1e-9, Math.Abs(low) * 0.1) - (low == 0 ? 1 : 0), high + Math.Max(1e-9, Math.Abs(high) * 0.1) + (high == 0 ? 1 : 0));
}
