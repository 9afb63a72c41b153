using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedicalGpt.Datasets.Parquet.Compression;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Pages;
using MedicalGpt.Datasets.Parquet.Schema;

namespace MedicalGpt.Datasets.Parquet;

/// <summary>Reads the rows of a file, one after the other.</summary>
internal sealed class ParquetReader : IDisposable
{
    private const int DepthLimit = 256;

    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = DepthLimit };

    private readonly string _path;
    private readonly ReadPlace _place = new();
    private readonly ParquetFile _file;
    private readonly Footer _footer = null!;
    private readonly ColumnCursor[] _cursors = [];
    private readonly RowAssembler _assembler = null!;
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Utf8JsonWriter _writer;
    private long _left;

    private ParquetReader(string path)
    {
        _path = path;
        _file = new ParquetFile(path);
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DepthLimit, SkipValidation = true });
        try
        {
            (_footer, var end) = FileEnd.Read(_file);
            var schema = SchemaBuilder.Build(_footer.Schema);
            Check(schema);
            var source = new PageSource(_file, end, new MemoryBudget(), _place);
            _cursors = [.. schema.Leaves.Select(leaf => new ColumnCursor(leaf, source))];
            _assembler = new RowAssembler(schema.Root, _cursors, _writer);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="MedicalGptException">It is no Parquet file, or its footer is damaged.</exception>
    public static ParquetReader Open(string path)
    {
        try
        {
            return new ParquetReader(path);
        }
        catch (ParquetException e)
        {
            throw Readable(path, null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="MedicalGptException">The file is damaged, or needs what is not supported.</exception>
    public bool TryRead(out JsonElement row)
    {
        try
        {
            while (_left == 0)
                if (!NextGroup())
                {
                    row = default;
                    return false;
                }

            _left--;
            _place.Row++;
            _json.ResetWrittenCount();
            _writer.Reset();
            _assembler.WriteRow();
            _writer.Flush();
            row = JsonElement.Parse(_json.WrittenSpan, Parsing);
            return true;
        }
        catch (ParquetException e)
        {
            throw Readable(_path, _place.Describe(), e);
        }
        catch (IOException e)
        {
            throw new MedicalGptException($"{_path} cannot be read: {e.Message}", e) { Place = _place.Describe() };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }

    private static MedicalGptException Readable(string path, string? place, ParquetException error) =>
        new($"{path} cannot be read as Parquet: {error.Message}.", error)
        {
            Place = place,
            Remedy = error.Remedy ?? "the file is damaged: fetch or write it again",
        };

    private void Check(SchemaTree schema)
    {
        foreach (var group in _footer.RowGroups)
            if (group.Columns.Count != schema.Leaves.Count)
                throw new ParquetException($"a row group has {group.Columns.Count} columns, the schema has {schema.Leaves.Count}");
        if (schema.Leaves.Count == 0 && _footer.RowGroups.Any(group => group.Rows > 0))
            throw new ParquetException("it has rows, but no columns");
        var rows = _footer.RowGroups.Aggregate(0UL, (sum, group) => sum + (ulong)group.Rows);
        if (_footer.Rows > 0 && rows < (ulong)_footer.Rows) // some writers leave the footer's number at 0
            throw new ParquetException($"its footer says {_footer.Rows} rows, its row groups have {rows}");
    }

    private bool NextGroup()
    {
        if (_place.RowGroup > 0)
            CheckEnd();
        if (_place.RowGroup == _footer.RowGroups.Count)
            return false;
        var group = _footer.RowGroups[_place.RowGroup++];
        _left = group.Rows;
        for (var i = 0; i < _cursors.Length; i++)
        {
            _cursors[i].MarkPlace();
            _cursors[i].Open(group.Columns[i]);
        }

        return true;
    }

    private void CheckEnd()
    {
        foreach (var cursor in _cursors)
            if (cursor.TryPeek())
            {
                cursor.MarkPlace();
                throw new ParquetException("the column has more values than the row group has rows");
            }
    }
}
