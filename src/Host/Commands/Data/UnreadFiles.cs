using System.Globalization;
using MedicalGpt.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The files that give no rows or not all of them, by cause; each cause is a finding with the reader's own words.</summary>
internal sealed class UnreadFiles
{
    private readonly Dictionary<FileFault, List<(FindingPlace Place, string? Remedy)>> _files = [];

    /// <summary>Notes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="error">What reading it said.</param>
    /// <param name="fault">Why it gives no rows.</param>
    public void Add(string file, MedicalGptException error, FileFault fault)
    {
        var place = Place(file, error);
        if (!_files.TryGetValue(fault, out var files))
            _files[fault] = files = [];
        files.Add((place, error.Remedy));
    }

    /// <summary>A finding for each cause.</summary>
    public IEnumerable<DataFinding> Findings()
    {
        foreach (var (fault, files) in _files.OrderBy(cause => cause.Key))
        {
            var (code, text, remedy) = fault switch
            {
                FileFault.Unreadable => ("unreadable_files", "files cannot be read", files[0].Remedy ?? "mend the files, or leave them out"),
                FileFault.Unusable => ("unusable_files", "files have no row that can be used", files[0].Remedy ?? "mend the rows, or leave the files out"),
                FileFault.Empty => ("empty_files", "files have no rows", "leave them out, or make them again"),
                _ => ("unread_files", "files have rows of no known shape", files[0].Remedy ?? "name their columns (--columns.question=COLUMN), or leave the files out"),
            };
            yield return new DataFinding(code, FindingSeverity.Error, files.Count, FormattableString.Invariant($"{files.Count:N0} {text}"), remedy, [.. files.Take(5).Select(entry => entry.Place)]);
        }
    }

    // The place of an error is "FILE", "FILE:LINE", "FILE:LINE, column[2]" or "FILE, item 2 of the array"; a finding names the file and the line itself.
    private static FindingPlace Place(string file, MedicalGptException error)
    {
        var (where, inside) = error.Place?.StartsWith(file, StringComparison.Ordinal) == true && error.Place[file.Length..].Split(", ", 2) is var parts ? (parts[0], parts.Length > 1 ? parts[1] + ": " : "") : ("", "");
        var line = where.StartsWith(':') && long.TryParse(where.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new FindingPlace(new RowOrigin(file, line), $"{inside}{error.Message}{(error.Given is { } given ? $" Given: {given}" : "")}".ReplaceLineEndings(" "));
    }
}
