using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Looks at the first rows of files and says what they are. One row is not enough: the first one may be the one that lacks its answer.</summary>
/// <param name="options">How rows are read.</param>
/// <param name="columns">Which columns hold which fields.</param>
internal sealed class KindSurvey(DataReadOptions options, ColumnMap columns)
{
    /// <summary>How many rows are looked at where the first ones have a known shape.</summary>
    private const int Most = 100;

    private readonly DataReadOptions _quiet = options with { OnBadRow = BadRowPolicy.Skip, Skipped = new SkippedRows(), Notice = _ => { } };
    private readonly Dictionary<ExampleKind, RowOrigin> _first = [];
    private long _rows;

    /// <summary>Looks at files, in order, up to <see cref="Most"/> rows.</summary>
    /// <exception cref="MedicalGptException">A file cannot be read, and none of its rows says what it is.</exception>
    public async Task<KindLook> LookAsync(IReadOnlyList<DataFile> files, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in files)
            {
                if (file.IsPlainText)
                    _first.TryAdd(ExampleKind.Text, new RowOrigin(file.Path, 1));
                else
                    await LookAsync(file, cancellationToken);
                if (IsEnough)
                    break;
            }
        }
        catch (MedicalGptException) when (_first.Count > 0)
        {
            // What cannot be read further back is told where the rows are read.
        }

        ExampleKind? kind = _first.Count > 0 ? RowKinds.BySpecificity.First(_first.ContainsKey) : null;
        return new KindLook(kind, _rows, Mixture(kind));
    }

    private bool IsEnough => _rows >= Most && _first.Count > 0;

    private async Task LookAsync(DataFile file, CancellationToken cancellationToken)
    {
        await foreach (var (fields, origin) in RowReader.ReadAsync(file, _quiet, columns, new BadRows(_quiet, file.Path), cancellationToken))
        {
            if (fields.ValueKind != JsonValueKind.Object)
                continue;
            _rows++;
            if (RowKinds.Of(new DataRow(fields, origin, columns)) is { } kind)
                _first.TryAdd(kind, origin);
            if (IsEnough)
                return;
        }
    }

    private string? Mixture(ExampleKind? kind) => _first.Count < 2 ? null
        : $"{string.Join(", ", _first.Select(found => $"{found.Value} is a {RowKinds.Name(found.Key)}"))}: rows are read as {RowKinds.Name(kind!.Value)}s, others are refused. Where that is not meant, say what they are: {_first.Values.First().Source}:{RowKinds.Word(_first.Keys.First(other => other != kind))}";
}
