using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>A padded batch of token ids from a safetensors file: <c>input_ids</c> [B,T] and <c>attention_mask</c> [B,T] (1 = real, padding on either side; absent = all real).</summary>
/// <param name="Rows">B rows.</param>
/// <param name="Width">T.</param>
internal sealed record TokenBatch(IReadOnlyList<TokenRow> Rows, int Width)
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";

    /// <summary>Reads a file. To be called in a dispose scope.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="MedicalGptException">A tensor is missing or has a wrong shape or type, or a row is empty or padded in the middle.</exception>
    public static TokenBatch Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var ids = Load(file, Ids);
        var shape = file[Ids].Shape;
        var mask = file.Contains(Mask) ? Load(file, Mask) : null;
        if (mask is not null && !file[Mask].Shape.SequenceEqual(shape))
            throw Wrong(path, Mask, $"shape [{string.Join(", ", file[Mask].Shape)}]", $"the shape of {Ids}, [{string.Join(", ", shape)}]");
        var (rows, width) = ((int)shape[0], (int)shape[1]);
        return new TokenBatch([.. Enumerable.Range(0, rows).Select(row => Row(path, row, ids.AsSpan(row * width, width), mask is null ? [] : mask.AsSpan(row * width, width)))], width);
    }

    private static long[] Load(SafetensorsFile file, string name)
    {
        if (!file.Contains(name))
            throw new MedicalGptException($"The file has no tensor '{name}'.") { Place = file.Path, Given = file.Entries.Count == 0 ? "no tensors" : string.Join(", ", file.Names), Allowed = $"{Ids} [B,T], and {Mask} [B,T] where rows are padded" };
        var entry = file[name];
        if (entry.Shape.Count != 2)
            throw Wrong(file.Path, name, $"shape [{string.Join(", ", entry.Shape)}]", "two dimensions, [B,T]");
        if (entry.Type is not ("I64" or "I32" or "I16" or "I8" or "U8" or "BOOL"))
            throw Wrong(file.Path, name, $"dtype {entry.Type}", "whole numbers (I64)");
        if (entry.Shape[0] * entry.Shape[1] > int.MaxValue / 2)
            throw Wrong(file.Path, name, $"shape [{string.Join(", ", entry.Shape)}]", "at most 2^30 tokens; split the file");
        return file.Load(name, ScalarType.Int64).data<long>().ToArray();
    }

    private static TokenRow Row(string path, int row, ReadOnlySpan<long> ids, ReadOnlySpan<long> mask)
    {
        var (start, end) = (0, ids.Length);
        if (!mask.IsEmpty)
        {
            foreach (var value in mask)
                if (value is not (0 or 1))
                    throw Wrong(path, $"{Mask}, row {row}", $"{value}", "0 (padding) or 1 (real)");
            start = mask.IndexOf(1);
            end = mask.LastIndexOf(1) + 1;
        }

        if (start < 0 || end <= start)
            throw Wrong(path, $"{(mask.IsEmpty ? Ids : Mask)}, row {row}", "no real token", "at least one");
        if (!mask.IsEmpty && mask[start..end].Contains(0))
            throw Wrong(path, $"{Mask}, row {row}", "a 0 between real tokens", "padding before or behind the row's tokens");
        var real = new int[end - start];
        for (var i = start; i < end; i++)
            real[i - start] = ids[i] is >= 0 and <= int.MaxValue ? (int)ids[i] : throw Wrong(path, $"{Ids}, row {row}, column {i}", $"{ids[i]}", "a token id of 0 or more");
        return new TokenRow(real, start);
    }

    private static MedicalGptException Wrong(string path, string tensor, string given, string allowed) =>
        new("The token ids cannot be used.") { Place = $"{path}, {tensor}", Given = given, Allowed = allowed };
}
