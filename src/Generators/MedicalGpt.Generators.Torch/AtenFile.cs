using System;
using System.Collections.Generic;

namespace MedicalGpt.Generators.Torch;

/// <summary>A problem in an .aten file: zero-based line and what is wrong with it.</summary>
internal sealed class AtenProblem
{
    public AtenProblem(int line, string text)
    {
        Line = line;
        Text = text;
    }

    public int Line { get; }

    public string Text { get; }
}

/// <summary>
/// Reads an .aten file: <c>#</c> comments, <c>##</c> documentation of the next schema, a schema per unindented line, and below it,
/// indented, the C# members that call it.
/// </summary>
internal sealed class AtenFile
{
    public List<AtenSchema> Schemas { get; } = new List<AtenSchema>();

    public List<AtenProblem> Problems { get; } = new List<AtenProblem>();

    public static AtenFile Parse(string text)
    {
        var file = new AtenFile();
        var doc = "";
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            try
            {
                if (line.StartsWith("## ", StringComparison.Ordinal)) doc = (doc.Length == 0 ? "" : doc + " ") + line.Substring(3).Trim();
                if (line.Length == 0 || line[0] == '#') continue;
                if (line[0] == ' ')
                {
                    if (file.Schemas.Count == 0) throw new FormatException("a surface needs a schema above it");
                    var schema = file.Schemas[file.Schemas.Count - 1];
                    foreach (var surface in Surface.Parse(line.Trim())) Add(schema, surface);
                    continue;
                }

                file.Schemas.Add(AtenSchema.Parse(line));
                file.Schemas[file.Schemas.Count - 1].Doc = doc;
                doc = "";
            }
            catch (FormatException problem)
            {
                file.Problems.Add(new AtenProblem(i, problem.Message));
            }
        }

        return file;
    }

    private static void Add(AtenSchema schema, Surface surface)
    {
        foreach (var argument in surface.Arguments)
        {
            if (!schema.Parameters.Exists(p => p.Name == argument.AtenName)) throw new FormatException("'" + argument.AtenName + "' is not a parameter of " + schema.FullName);
        }

        schema.Surfaces.Add(surface);
    }
}
