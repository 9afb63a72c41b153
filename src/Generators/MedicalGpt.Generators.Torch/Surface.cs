using System;
using System.Collections.Generic;

namespace MedicalGpt.Generators.Torch;

/// <summary>One argument of a C# member: <c>csName&lt;-atenName : csType = default</c>.</summary>
internal sealed class SurfaceArgument
{
    public string CSharpName { get; private set; } = "";

    public string AtenName { get; private set; } = "";

    public string CSharpType { get; private set; } = "";

    public string Default { get; private set; } = "";

    public static SurfaceArgument Parse(string text)
    {
        var argument = new SurfaceArgument();
        var equals = text.IndexOf('=');
        if (equals >= 0)
        {
            argument.Default = text.Substring(equals + 1).Trim();
            text = text.Substring(0, equals).Trim();
        }

        var colon = text.IndexOf(" : ", StringComparison.Ordinal);
        if (colon >= 0)
        {
            argument.CSharpType = text.Substring(colon + 3).Trim();
            text = text.Substring(0, colon).Trim();
        }

        var arrow = text.IndexOf("<-", StringComparison.Ordinal);
        argument.CSharpName = arrow < 0 ? text : text.Substring(0, arrow).Trim();
        argument.AtenName = arrow < 0 ? text : text.Substring(arrow + 2).Trim();
        return argument;
    }
}

/// <summary>One C# member that calls the schema above it, e.g. <c>torch.add(left&lt;-self, right&lt;-other)</c>.</summary>
internal sealed class Surface
{
    /// <summary>Tensor, torch, functional or Aten (internal).</summary>
    public string Holder { get; private set; } = "";

    public string Name { get; private set; } = "";

    public List<SurfaceArgument> Arguments { get; } = new List<SurfaceArgument>();

    /// <summary>Names of the results where there are several: <c>-> values, indexes</c>.</summary>
    public List<string> ResultNames { get; } = new List<string>();

    public static IEnumerable<Surface> Parse(string line)
    {
        var results = line.LastIndexOf(") -> ", StringComparison.Ordinal);
        var names = results < 0 ? "" : line.Substring(results + 5);
        if (results >= 0) line = line.Substring(0, results + 1);
        var open = line.IndexOf('(');
        var dot = line.IndexOf('.');
        if (open < 0 || dot < 0 || dot > open || !line.EndsWith(")", StringComparison.Ordinal)) throw new FormatException("a surface reads 'Holder.name(csName<-atenName : type = default, ...)'");
        var holder = line.Substring(0, dot);
        var arguments = line.Substring(open + 1, line.Length - open - 2);
        foreach (var target in holder == "both" ? new[] { "Tensor", "torch" } : new[] { holder })
        {
            if (target != "Tensor" && target != "torch" && target != "functional" && target != "Aten") throw new FormatException("holder '" + target + "' is not one of Tensor, torch, functional, Aten, both");
            var surface = new Surface { Holder = target, Name = line.Substring(dot + 1, open - dot - 1) };
            if (holder == "both" && target == "torch") surface.Arguments.Add(SurfaceArgument.Parse("input<-self"));
            foreach (var part in AtenSchema.Split(arguments)) surface.Arguments.Add(SurfaceArgument.Parse(part));
            foreach (var name in AtenSchema.Split(names)) surface.ResultNames.Add(name);
            yield return surface;
        }
    }
}
