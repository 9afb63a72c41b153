using System.Globalization;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>Shows encoded rows token by token, with ids, and which tokens are learned: what a person should look at before a model does.</summary>
public static class RowPreview
{
    private const int RowsOfAPage = 8, TokensOfAPage = 1500, Green = 32, Faint = 2;

    private const string Style = "<style>.tok span{border-radius:3px;padding:0 .05em;white-space:pre-wrap}.tok .l{background:#2da44e33;box-shadow:inset 0 -2px #2da44e}.tok .n{color:var(--soft)}.tok sub{font-size:9px;color:var(--soft);margin-right:.25em}.tok{line-height:2;overflow-wrap:anywhere}</style>";

    /// <summary>A row as lines of text.</summary>
    /// <param name="row">The row.</param>
    /// <param name="encoder">Decodes tokens.</param>
    /// <param name="colours">True = learned tokens are green; false = they carry a plus sign.</param>
    /// <param name="most">Most tokens of a part.</param>
    /// <returns>Lines.</returns>
    public static IEnumerable<string> Lines(EncodedExample row, IExampleEncoder encoder, bool colours, int most)
    {
        foreach (var segment in PreviewSegment.Of(row, encoder, most))
        {
            yield return FormattableString.Invariant($"  {segment.Name}: {segment.Length:N0} tokens, {segment.Tokens.Count(token => token.Learned):N0} of {segment.Tokens.Count:N0} shown are learned");
            var line = new StringBuilder("   ");
            foreach (var token in segment.Tokens)
            {
                var text = FormattableString.Invariant($"{token.Id}:{Visible(token.Text)}");
                line.Append(' ').Append(colours ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{(token.Learned ? Green : Faint)}m{text}\u001b[0m") : token.Learned ? "+" + text : text);
                if (!token.Text.Contains('\n'))
                    continue;
                yield return line.ToString();
                line.Clear().Append("   ");
            }

            if (segment.Length > segment.Tokens.Count)
                line.Append(CultureInfo.InvariantCulture, $" … {segment.Length - segment.Tokens.Count:N0} more");
            if (line.Length > 3)
                yield return line.ToString();
        }
    }

    /// <summary>The first rows as a page.</summary>
    /// <param name="stage">Name of the stage.</param>
    /// <param name="rows">Encoded rows.</param>
    /// <param name="encoder">Decodes tokens.</param>
    /// <returns>HTML.</returns>
    public static string Html(string stage, IReadOnlyList<EncodedExample> rows, IExampleEncoder encoder)
    {
        var html = new StringBuilder(Style);
        html.Append(CultureInfo.InvariantCulture, $"<h1>{HtmlPage.Encode(stage)}: what is learned</h1><p class=\"soft\">The first {Math.Min(RowsOfAPage, rows.Count)} of {rows.Count:N0} rows as the model gets them. <span class=\"tok\"><span class=\"l\">Green</span></span>: learned. Small: token ids.</p>");
        for (var i = 0; i < Math.Min(RowsOfAPage, rows.Count); i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{i + 1}. {HtmlPage.Encode(rows[i].Source.Origin.ToString())}</h2>");
            foreach (var segment in PreviewSegment.Of(rows[i], encoder, TokensOfAPage))
            {
                html.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlPage.Encode(segment.Name)} <span class=\"soft\">{segment.Length:N0} tokens</span></h3><p class=\"tok\">");
                foreach (var token in segment.Tokens)
                    html.Append(CultureInfo.InvariantCulture, $"<span class=\"{(token.Learned ? "l" : "n")}\">{HtmlPage.Encode(Visible(token.Text))}</span><sub>{token.Id}</sub>").Append(token.Text.Contains('\n') ? "<br>" : "");
                html.Append(segment.Length > segment.Tokens.Count ? "…</p>" : "</p>");
            }
        }

        return HtmlPage.Wrap($"{stage}: what is learned", html.ToString());
    }

    /// <summary>Writes the page of the first rows.</summary>
    internal static void WriteHtml(string path, string stage, IReadOnlyList<EncodedExample> rows, IExampleEncoder encoder) => DurableFiles.ReplaceText(path, Html(stage, rows, encoder));

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            visible.Append(character switch
            {
                '\n' => "⏎",
                '\t' => "⇥",
                ' ' => "␣",
                _ when char.IsControl(character) => FormattableString.Invariant($"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return visible.Length == 0 ? "‥" : visible.ToString();
    }
}
