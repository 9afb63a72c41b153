using System.Text;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>The naming rule: PascalCase to snake_case.</summary>
internal static class Names
{
    /// <summary>An underscore goes before a capital that follows a small letter or digit, or that ends a run of capitals: KLCoef is kl_coef, AdamBeta1 is adam_beta1.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var capital = char.IsUpper(name[i]);
            var endsRun = i + 1 < name.Length && char.IsLower(name[i + 1]);
            if (capital && i > 0 && (!char.IsUpper(name[i - 1]) || endsRun))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    public static bool IsSnake(string name) =>
        name.Length > 0 && name[0] is >= 'a' and <= 'z' && name[name.Length - 1] != '_' && !name.Contains("__")
        && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
