namespace MedicalGpt.Options;

/// <summary>Items of a list option.</summary>
internal static class OptionList
{
    /// <summary>The items as given, or one text split at its commas.</summary>
    public static IReadOnlyList<string> Items(OptionSetting setting) =>
        setting is { IsList: false, Items: [var only] } ? Split(only) : setting.Items;

    public static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool IsNone(string text) =>
        text.Equals("none", StringComparison.OrdinalIgnoreCase) || text.Equals("null", StringComparison.OrdinalIgnoreCase);
}
