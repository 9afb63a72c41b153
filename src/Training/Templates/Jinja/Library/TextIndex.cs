namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python counts code points where .NET counts UTF-16 units.</summary>
internal static class TextIndex
{
    /// <summary>Code points of a text.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udbff'); i >= 0 && i + 1 < text.Length; i++)
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                length--;
        return length;
    }

    /// <summary>The unit where a code point begins.</summary>
    public static int Unit(string text, int point)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udbff'))
            return Math.Min(point, text.Length);
        var unit = 0;
        for (; point > 0 && unit < text.Length; point--)
            unit += UnitsAt(text, unit);
        return unit;
    }

    /// <summary>The code points before a unit.</summary>
    public static int Point(string text, int unit) => unit < 0 ? unit : Length(text[..unit]);

    /// <summary>Units of the code point at a place.</summary>
    public static int UnitsAt(string text, int unit) => unit + 1 < text.Length && char.IsSurrogatePair(text[unit], text[unit + 1]) ? 2 : 1;
}
