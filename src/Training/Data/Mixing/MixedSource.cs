using System.Globalization;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>One source of a mixture.</summary>
/// <param name="Name">A file, a folder, or a dataset with its configuration behind a colon (<c>shibing624/medical:finetune</c>).</param>
/// <param name="Weight">Its weight: a share of the rows, or how often it is read.</param>
public sealed record MixedSource(string Name, double Weight)
{
    /// <summary>Reads a source as users write it, <c>NAME</c> or <c>NAME=WEIGHT</c>.</summary>
    /// <param name="text">For example <c>a.jsonl=0.7</c>.</param>
    /// <returns>The source; its weight is 1 where none is given.</returns>
    /// <exception cref="MedicalGptException">The weight is no positive number.</exception>
    public static MixedSource Parse(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals < 0 || Path.Exists(text))
            return new MixedSource(text, 1);
        return equals > 0 && double.TryParse(text[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight > 0 && double.IsFinite(weight)
            ? new MixedSource(text[..equals], weight)
            : throw new MedicalGptException("A source of training rows cannot be read.") { Place = "--train-sources", Given = text, Allowed = "NAME, or NAME=WEIGHT with a weight above 0, for example data/a.jsonl=0.7" };
    }

    /// <summary>The rows of the source.</summary>
    /// <param name="options">How rows are read.</param>
    /// <returns>Its dataset, and the configuration that its name gives; null = the default one.</returns>
    public (IDataset Dataset, string? Configuration) Open(DataReadOptions options)
    {
        if (Path.Exists(Name))
            return (FileDataset.FromPath(Name, null, options), null);
        var colon = Name.LastIndexOf(':');
        return colon > 0 ? (FileDataset.FromName(Name[..colon], options), Name[(colon + 1)..]) : (FileDataset.FromName(Name, options), null);
    }
}
