namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>Reads an embedded tab-separated table with a header line.</summary>
internal static class Table
{
    /// <summary>The rows of a table, each a map from column to text.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Embedded table '{name}' is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var header = Split(reader.ReadLine());
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.ReadLine() is { } line)
        {
            var cells = Split(line);
            if (cells.Length != header.Length)
                throw new InvalidOperationException($"Table '{name}', line {rows.Count + 2}: {cells.Length} cells, expected {header.Length}.");
            rows.Add(header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }

    private static string[] Split(string? line) => (line ?? "").Split('\t');
}
