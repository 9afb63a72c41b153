using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Reads the summary from the text above a declaration: it is there even where the project makes no documentation file.</summary>
internal static class DocComment
{
    public static string Summary(SyntaxNode declaration)
    {
        var text = new StringBuilder("<doc>");
        foreach (var line in declaration.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal))
                text.Append(trimmed.Substring(3)).Append('\n');
        }

        try
        {
            var summary = XElement.Parse(text.Append("</doc>").ToString()).Element("summary");
            return summary is null ? "" : string.Join(" ", Plain(summary).Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            return ""; // The compiler reports the malformed comment (CS1570).
        }
    }

    private static string Plain(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference => Reference(reference),
        XElement { Name.LocalName: "para" or "br" or "list" or "item" or "description" } block => " " + Plain(block) + " ",
        XElement child => Plain(child),
        _ => "",
    }));

    private static string Reference(XElement reference)
    {
        if (!reference.IsEmpty)
            return Plain(reference);
        var target = reference.Attributes().FirstOrDefault()?.Value ?? "";
        return target.StartsWith("http", StringComparison.Ordinal) ? target : target.Split('.', ':').Last();
    }
}
