using MedicalGpt.Generators.Options.Model;

namespace MedicalGpt.Generators.Options.Writing;

/// <summary>Writes the descriptor table.</summary>
internal static class DescriptorWriter
{
    private const string Options = "global::MedicalGpt.Options.";

    public static void Write(CodeWriter code, RecordModel record)
    {
        code.Line("/// <inheritdoc/>");
        code.Line($"public static {Options}OptionsDescriptor Descriptor {{ get; }} = new()");
        code.Open();
        code.Line($"Name = {Literal.Text(record.Name)},");
        code.Line($"TypeName = {Literal.Text(record.FullName)},");
        code.Line($"Summary = {Literal.Text(record.Summary)},");
        code.Line("Options =");
        code.Open("[");
        foreach (var option in record.Options)
            code.Line($"new() {{ {string.Join(", ", Parts(option))} }},");
        code.Close("],");
        WriteList(code, "StageDefaults", record.StageDefaults.Select(item => Pair(item.Key, item.Text)));
        WriteList(code, "Presets", record.Presets.Select(item => $"new({Literal.Text(item.Preset)}, {Literal.Text(item.Key)}, {Literal.Text(item.Text)})"));
        WriteList(code, "AcceptedWithoutEffect", record.Accepted.Select(item => Pair(item.Key, item.Text)));
        code.Close("};");
    }

    private static IEnumerable<string> Parts(OptionModel option)
    {
        yield return $"Key = {Literal.Text(option.Key)}";
        yield return $"Type = {Options}OptionType.{option.Kind}";
        if (option.Default is not null)
            yield return $"Default = {Literal.Text(option.Default)}";
        if (option.Nullable)
            yield return "Nullable = true";
        if (option.Required)
            yield return "Required = true";
        if (option.Min is { } min)
            yield return $"Min = {Literal.Number(min)}";
        if (option.Max is { } max)
            yield return $"Max = {Literal.Number(max)}";
        if (option.MinExclusive)
            yield return "MinExclusive = true";
        if (option.MaxExclusive)
            yield return "MaxExclusive = true";
        if (option.AllowInfinity)
            yield return "AllowInfinity = true";
        if (option.Unit is not null)
            yield return $"Unit = {Literal.Text(option.Unit)}";
        if (option.Aliases.Count > 0)
            yield return $"Aliases = {Literal.List(option.Aliases)}";
        if (Allowed(option).Any())
            yield return $"AllowedValues = {Literal.List(Allowed(option))}";
        if (option.MustExist is not null)
            yield return $"MustExist = {Options}PathKind.{option.MustExist}";
        if (option.Secret)
            yield return "Secret = true";
        if (option.Hidden)
            yield return "Hidden = true";
        yield return $"Summary = {Literal.Text(option.Summary)}";
    }

    public static IEnumerable<string> Allowed(OptionModel option) =>
        option.Kind == ValueKind.Choice ? option.Choices.Select(choice => choice.Name) : option.AllowedValues;

    private static string Pair(string key, string text) => $"new({Literal.Text(key)}, {Literal.Text(text)})";

    private static void WriteList(CodeWriter code, string name, IEnumerable<string> items)
    {
        if (!items.Any())
            return;
        code.Line($"{name} =");
        code.Open("[");
        foreach (var item in items)
            code.Line(item + ",");
        code.Close("],");
    }
}
