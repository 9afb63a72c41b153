namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Says of a range of a text where it came from.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Source">Index of the message; <see cref="Data"/> for tools and other data; <see cref="Generated"/> for what stands in a generation block.</param>
internal readonly record struct Mark(int Start, int End, int Source)
{
    /// <summary>Data that is no message: tool schemas, documents.</summary>
    public const int Data = -1;

    /// <summary>Text of a <c>{% generation %}</c> block.</summary>
    public const int Generated = -2;

    /// <summary>Whether the range is data, not text of the template.</summary>
    public bool IsContent => Source != Generated;
}
