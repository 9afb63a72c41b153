using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>The file formats beyond those that are read here (plugins' formats, by file name ending).</summary>
public interface IRowFormats
{
    /// <summary>The endings, without dots and in lower case, for example <c>parquet</c>; nothing is loaded to tell them.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>The plugin that reads an ending, for people.</summary>
    /// <param name="ending">One of <see cref="Endings"/>.</param>
    /// <returns>Its id.</returns>
    string Plugin(string ending);

    /// <summary>The reader of an ending.</summary>
    /// <param name="ending">One of <see cref="Endings"/>.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="MedicalGptException">There is none, or its plugin is refused.</exception>
    IRowFormat Get(string ending);
}
