using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads tables (.csv, .tsv; RFC 4180): a header line, quoted cells with line breaks, a byte order mark. In .csv the separator is found in the first lines (comma, semicolon, tab or bar).</summary>
internal static class TableReader
{
    /// <summary>The rows of a table, each numbered by its first line.</summary>
    public static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadAsync(DataFile file, ColumnMap columns, BadRows bad, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cells = new TableCells(columns);
        CsvMalformedRecord? malformed = null;
        await using var stream = DataStream.Open(file.Path);
        await using var reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = file.Format == "tsv" ? '\t' : null,
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = LineReader.LineLimit,
            OnMalformedRecord = record => malformed = record,
        });
        string[]? header = file.Header.Count > 0 ? [.. file.Header] : null;
        for (var number = 1L; await NextAsync(reader, file.Path, cancellationToken); number++)
        {
            var origin = new RowOrigin(file.Path, reader.LineNumber);
            if (malformed is { Reason: not CsvMalformedReason.StrayQuote } found && found.RecordNumber == number)
            {
                var error = Malformed(found, origin);
                if (header is null)
                    throw error;
                bad.TryRead<JsonElement>(origin, () => throw error, out _);
            }
            else if (header is null)
            {
                header = Header(Record(reader, origin), origin);
            }
            else if (bad.TryRead(origin, () => cells.Row(header, Record(reader, origin), origin), out var row))
            {
                yield return (row, origin);
            }
        }
    }

    private static async Task<bool> NextAsync(CsvReader reader, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException e)
        {
            throw new MedicalGptException($"The table cannot be read: {e.Message}", e) { Place = e.LineNumber > 0 ? $"{path}:{e.LineNumber}" : path, Remedy = $"a row may have {LineReader.LineLimit >> 20} MiB; is a quote opened there and never closed?" };
        }
    }

    private static string[] Record(CsvReader reader, RowOrigin origin)
    {
        var record = new string[reader.FieldCount];
        for (var i = 0; i < record.Length; i++)
        {
            if (!Utf8.IsValid(reader.GetSpan(i)) || reader.GetSpan(i).Contains((byte)0))
                throw new MedicalGptException("A cell is not valid UTF-8.") { Place = $"{origin}, cell {i + 1}", Given = Short(Encoding.UTF8.GetString(reader.GetSpan(i))), Allowed = "UTF-8", Remedy = EncodingAdvice.Remedy(reader.GetSpan(i)) };
            record[i] = reader.GetString(i);
        }

        return record;
    }

    private static string[] Header(string[] names, RowOrigin origin)
    {
        var header = names.Select(name => name.Trim()).ToArray();
        var twice = header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? header : throw new MedicalGptException("Two columns of a table have the same name.") { Place = origin.ToString(), Given = $"\"{twice.Key}\"", Remedy = "rename one in the first line" };
    }

    private static MedicalGptException Malformed(CsvMalformedRecord record, RowOrigin origin) => new(
        record.Reason == CsvMalformedReason.UnterminatedQuote ? "A quote is opened and never closed, so the rest of the table is one cell." : "Text stands behind a cell's closing quote.")
    {
        Place = origin.ToString(),
        Given = Short(record.RawRecord),
        Allowed = "quotes around whole cells, \"\" for a quote within",
        Remedy = "quote the cell, or save the table again",
    };

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
