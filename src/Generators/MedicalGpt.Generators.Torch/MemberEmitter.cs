using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MedicalGpt.Generators.Torch;

/// <summary>Writes the C# member of one surface: arguments into a stack array of values, one boxed call, results out.</summary>
internal static class MemberEmitter
{
    public static void Emit(StringBuilder text, AtenSchema schema, Surface surface, string operation, string indent)
    {
        var isMember = surface.Holder == "Tensor";
        var given = Given(schema, surface);
        var result = ResultType(schema, surface, given);
        text.Append(indent).Append("/// <summary>").Append(Escape(schema.Doc.Length > 0 ? schema.Doc : "The operator " + schema.FullName + ".")).Append(" (<c>").Append(schema.FullName).Append("</c>)</summary>\n");
        text.Append(indent).Append(surface.Holder == "Aten" ? "internal static " : isMember ? "public " : "public static ").Append("unsafe ").Append(result).Append(' ').Append(Identifier(surface.Name)).Append('(');
        text.Append(string.Join(", ", surface.Arguments.Select(a => Declaration(a, Parameter(schema, a.AtenName))))).Append(")\n").Append(indent).Append("{\n");

        var inner = indent + "    ";
        text.Append(inner).Append("var __values = stackalloc Value[").Append(given.Count).Append("];\n");
        var scopes = 0;
        for (var i = 0; i < given.Count; i++)
        {
            var parameter = Parameter(schema, given[i].Key);
            var name = given[i].Value;
            var argument = surface.Arguments.FirstOrDefault(a => a.AtenName == parameter.Name);
            var local = "p" + i;
            var type = parameter.Type;
            if (type.IsList && type.Name == "Tensor")
            {
                text.Append(inner).Append("fixed (nint* ").Append(local).Append(" = Handles.Of(").Append(name).Append("))\n").Append(inner).Append("{\n");
                inner += "    ";
                scopes++;
                text.Append(inner).Append("__values[").Append(i).Append("] = Value.").Append(type.HasOptionalElements ? "OptionalTensors(" : "Tensors(").Append(local).Append(", Handles.Count(").Append(name).Append("));\n");
            }
            else if (type.IsList && argument != null && argument.CSharpType == "long")
            {
                text.Append(inner).Append("long ").Append(local).Append(" = ").Append(name).Append(";\n");
                text.Append(inner).Append("__values[").Append(i).Append("] = Value.Integers(&").Append(local).Append(", 1);\n");
            }
            else if (type.IsList)
            {
                var optional = argument == null || argument.CSharpType.Length == 0 ? type.IsOptional : argument.CSharpType.EndsWith("?", System.StringComparison.Ordinal);
                text.Append(inner).Append("fixed (").Append(type.Name == "float" ? "double* " : "long* ").Append(local).Append(" = ").Append(name).Append(")\n").Append(inner).Append("{\n");
                inner += "    ";
                scopes++;
                text.Append(inner).Append("__values[").Append(i).Append("] = ");
                if (optional) text.Append(name).Append(" is null ? default : ");
                text.Append(type.Name == "float" ? "Value.Doubles(" : "Value.Integers(").Append(local).Append(", ").Append(name).Append(".Length);\n");
            }
            else if (type.Name == "str")
            {
                text.Append(inner).Append("fixed (byte* ").Append(local).Append(" = System.Text.Encoding.UTF8.GetBytes(").Append(name).Append("))\n").Append(inner).Append("{\n");
                inner += "    ";
                scopes++;
                text.Append(inner).Append("__values[").Append(i).Append("] = Value.String(").Append(local).Append(", System.Text.Encoding.UTF8.GetByteCount(").Append(name).Append("));\n");
            }
            else
            {
                text.Append(inner).Append("__values[").Append(i).Append("] = Value.Of(").Append(name).Append(");\n");
            }
        }

        EmitCall(text, schema, operation, given, inner, result);
        for (; scopes > 0; scopes--)
        {
            inner = inner.Substring(4);
            text.Append(inner).Append("}\n");
        }

        text.Append(indent).Append("}\n\n");
    }

    private static void EmitCall(StringBuilder text, AtenSchema schema, string operation, List<KeyValuePair<string, string>> given, string inner, string result)
    {
        var call = "(Operator." + operation + ", __values, " + given.Count + ");\n";
        var kept = given.Where(g => Parameter(schema, g.Key).Type is { IsList: false, Name: "Tensor" or "Generator" }).Select(g => g.Value).ToList();
        kept.AddRange(given.Where(g => Parameter(schema, g.Key).Type is { IsList: true, Name: "Tensor" }).Select(g => g.Value));
        var written = IsWritten(schema);
        if (written || schema.Returns.Count == 0) text.Append(inner).Append("Dispatch.None").Append(call);
        else text.Append(inner).Append("var __result = Dispatch.").Append(Dispatcher(schema)).Append(call);
        foreach (var name in kept) text.Append(inner).Append("GC.KeepAlive(").Append(name).Append(");\n");
        if (result == "void") return;
        text.Append(inner).Append("return ").Append(written ? given.First(g => Parameter(schema, g.Key).Type.IsWritten).Value : "__result").Append(";\n");
    }

    private static string Dispatcher(AtenSchema schema)
    {
        if (schema.Returns.Count == 2) return "Two";
        if (schema.Returns.Count == 3) return "Three";
        var type = schema.Returns[0].Type;
        return type.IsList ? "Many" : type.Name == "Tensor" ? "One" : type.Name == "bool" ? "Boolean" : "Scalar";
    }

    private static bool IsWritten(AtenSchema schema) => schema.Returns.Count == 1 && schema.Returns[0].Type.IsWritten;

    private static string ResultType(AtenSchema schema, Surface surface, List<KeyValuePair<string, string>> given)
    {
        if (schema.Returns.Count == 0) return "void";
        if (IsWritten(schema)) return "Tensor";
        if (schema.Returns.Count > 1)
        {
            var names = surface.ResultNames.Count > 0 ? surface.ResultNames : schema.Returns.Select(r => r.Name).ToList();
            return "(" + string.Join(", ", names.Select(n => "Tensor " + n)) + ")";
        }

        var type = schema.Returns[0].Type;
        return type.IsList ? "Tensor[]" : type.Name == "Tensor" ? "Tensor" : type.CSharp();
    }

    /// <summary>Schema argument to C# expression, in schema order.</summary>
    private static List<KeyValuePair<string, string>> Given(AtenSchema schema, Surface surface)
    {
        var given = new List<KeyValuePair<string, string>>();
        foreach (var parameter in schema.Parameters)
        {
            var argument = surface.Arguments.FirstOrDefault(a => a.AtenName == parameter.Name);
            if (argument != null) given.Add(new KeyValuePair<string, string>(parameter.Name, Identifier(argument.CSharpName)));
            else if (surface.Holder == "Tensor" && parameter.Name == "self") given.Add(new KeyValuePair<string, string>("self", "this"));
        }

        return given;
    }

    public static IEnumerable<string> GivenNames(AtenSchema schema, Surface surface) => Given(schema, surface).Select(g => g.Key);

    private static AtenParameter Parameter(AtenSchema schema, string name) => schema.Parameters.First(p => p.Name == name);

    private static string Declaration(SurfaceArgument argument, AtenParameter parameter)
    {
        var type = argument.CSharpType.Length == 0 ? parameter.Type.CSharp() : argument.CSharpType == "params" ? "params ReadOnlySpan<long>" : argument.CSharpType;
        return type + " " + Identifier(argument.CSharpName) + (argument.Default.Length == 0 ? "" : " = " + argument.Default);
    }

    private static string Identifier(string name) => name is "out" or "var" or "params" or "float" or "double" or "long" or "int" or "bool" or "half" or "short" or "byte" ? "@" + name : name;

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
