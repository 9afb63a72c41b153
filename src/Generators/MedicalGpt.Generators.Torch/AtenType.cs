using System;

namespace MedicalGpt.Generators.Torch;

/// <summary>One type of an ATen schema, e.g. <c>Tensor(a!)</c>, <c>int[2]?</c>, <c>Scalar?</c>.</summary>
internal sealed class AtenType
{
    /// <summary>Element type: Tensor, int, float, bool, Scalar, ScalarType, Device, Layout, MemoryFormat, Generator, str.</summary>
    public string Name { get; private set; } = "";

    /// <summary>True for <c>T[]</c>.</summary>
    public bool IsList { get; private set; }

    /// <summary>True for a trailing question mark.</summary>
    public bool IsOptional { get; private set; }

    /// <summary>True for a list whose elements may be absent: <c>Tensor?[]</c>.</summary>
    public bool HasOptionalElements { get; private set; }

    /// <summary>True where the schema says that the operator writes to it: <c>(a!)</c>.</summary>
    public bool IsWritten { get; private set; }

    public static AtenType Parse(string text)
    {
        var type = new AtenType();
        var open = text.IndexOf('(');
        if (open >= 0)
        {
            var close = text.IndexOf(')', open);
            if (close < 0) throw new FormatException("'" + text + "' lacks a closing parenthesis");
            type.IsWritten = text.Substring(open, close - open).Contains("!");
            text = text.Remove(open, close - open + 1);
        }

        if (text.EndsWith("?", StringComparison.Ordinal))
        {
            type.IsOptional = true;
            text = text.Substring(0, text.Length - 1);
        }

        var bracket = text.IndexOf('[');
        if (bracket >= 0)
        {
            type.IsList = true;
            text = text.Substring(0, bracket);
            if (text.EndsWith("?", StringComparison.Ordinal))
            {
                type.HasOptionalElements = true;
                text = text.Substring(0, text.Length - 1);
            }
        }

        type.Name = text == "SymInt" ? "int" : text;
        return type;
    }

    /// <summary>The C# type that a parameter of this type has unless its surface says otherwise.</summary>
    public string CSharp()
    {
        var optional = IsOptional ? "?" : "";
        if (IsList)
        {
            switch (Name)
            {
                case "Tensor": return HasOptionalElements ? "IReadOnlyList<Tensor?>" : "IReadOnlyList<Tensor>";
                case "int": return "long[]" + optional;
                case "float": return "double[]" + optional;
                case "Scalar": return "IReadOnlyList<Scalar>";
                default: throw new FormatException("a list of " + Name + " is not supported");
            }
        }

        switch (Name)
        {
            case "Tensor": return "Tensor" + optional;
            case "int": return "long" + optional;
            case "float": return "double" + optional;
            case "bool": return "bool" + optional;
            case "Scalar": return "Scalar" + optional;
            case "ScalarType": return "ScalarType" + optional;
            case "Device": return "Device?";
            case "Generator": return "Generator?";
            case "str": return "string" + optional;
            default: throw new FormatException("type " + Name + " is not supported");
        }
    }
}
