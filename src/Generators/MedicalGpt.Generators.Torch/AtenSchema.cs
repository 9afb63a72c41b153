using System;
using System.Collections.Generic;

namespace MedicalGpt.Generators.Torch;

/// <summary>One parameter of a schema: its type and name.</summary>
internal sealed class AtenParameter
{
    public AtenParameter(AtenType type, string name)
    {
        Type = type;
        Name = name;
    }

    public AtenType Type { get; }

    public string Name { get; }
}

/// <summary>One schema line: <c>aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor</c>, optionally followed by <c>@since 2.1</c>.</summary>
internal sealed class AtenSchema
{
    public string Name { get; private set; } = "";

    public string Overload { get; private set; } = "";

    public string Since { get; private set; } = "";

    public string Doc { get; set; } = "";

    public List<AtenParameter> Parameters { get; } = new List<AtenParameter>();

    public List<AtenParameter> Returns { get; } = new List<AtenParameter>();

    public List<Surface> Surfaces { get; } = new List<Surface>();

    public string FullName => Overload.Length == 0 ? Name : Name + "." + Overload;

    public static AtenSchema Parse(string line)
    {
        var schema = new AtenSchema();
        var since = line.IndexOf("@since ", StringComparison.Ordinal);
        if (since >= 0)
        {
            schema.Since = line.Substring(since + 7).Trim();
            line = line.Substring(0, since).Trim();
        }

        var arrow = line.LastIndexOf(" -> ", StringComparison.Ordinal);
        var open = line.IndexOf('(');
        if (arrow < 0 || open < 0 || open > arrow) throw new FormatException("a schema reads 'aten::name.overload(type name, ...) -> type'");
        var name = line.Substring(0, open);
        var dot = name.IndexOf('.');
        schema.Name = dot < 0 ? name : name.Substring(0, dot);
        schema.Overload = dot < 0 ? "" : name.Substring(dot + 1);
        var parameters = line.Substring(open + 1, line.LastIndexOf(')', arrow) - open - 1);
        foreach (var part in Split(parameters))
        {
            if (part == "*") continue;
            var text = part;
            var equals = text.IndexOf('=');
            if (equals >= 0) text = text.Substring(0, equals);
            var space = text.LastIndexOf(' ');
            if (space < 0) throw new FormatException("parameter '" + part + "' needs a type and a name");
            schema.Parameters.Add(new AtenParameter(AtenType.Parse(text.Substring(0, space).Trim()), text.Substring(space + 1)));
        }

        schema.ParseReturns(line.Substring(arrow + 4).Trim());
        return schema;
    }

    private void ParseReturns(string text)
    {
        if (text.StartsWith("(", StringComparison.Ordinal)) text = text.Substring(1, text.Length - 2);
        foreach (var part in Split(text))
        {
            var space = part.LastIndexOf(' ');
            Returns.Add(space < 0 ? new AtenParameter(AtenType.Parse(part), "") : new AtenParameter(AtenType.Parse(part.Substring(0, space)), part.Substring(space + 1)));
        }
    }

    /// <summary>Splits at commas that stand outside parentheses and brackets.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '(' || c == '[') depth++;
            if (c == ')' || c == ']') depth--;
            if (c != ',' || depth > 0) continue;
            yield return text.Substring(start, i - start).Trim();
            start = i + 1;
        }

        var rest = text.Substring(start).Trim();
        if (rest.Length > 0) yield return rest;
    }
}
