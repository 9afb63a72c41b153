namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Collects the symbols of a word. Text without any token counts to its neighbour, so that ranges stay true.</summary>
/// <param name="capacity">Symbols expected.</param>
/// <param name="unknown">What becomes of text that no token stands for.</param>
internal sealed class SymbolList(int capacity, UnknownRule unknown)
{
    private readonly List<int> _ids = new(capacity);
    private readonly List<int> _lengths = new(capacity);
    private int _unknownLength;
    private int _lost;

    /// <summary>Adds a symbol.</summary>
    /// <param name="id">Its token; negative = none stands for it.</param>
    /// <param name="length">UTF-8 bytes of the word.</param>
    /// <param name="keepsUnknown">True = the unknown token that goes before is written after it, as the reference library does with tokens of bytes.</param>
    public void Add(int id, int length, bool keepsUnknown = false)
    {
        if (id >= 0)
        {
            if (!keepsUnknown)
                Flush();
            Append(id, length);
        }
        else if (unknown.Id is null)
        {
            _lost += length;
        }
        else
        {
            if (!unknown.Fuse)
                Flush();
            _unknownLength += length;
        }
    }

    /// <summary>The symbols and their lengths.</summary>
    public (int[] Ids, int[] Lengths) Finish()
    {
        Flush();
        if (_lost > 0 && _lengths.Count > 0)
            _lengths[^1] += _lost;
        return ([.. _ids], [.. _lengths]);
    }

    private void Flush()
    {
        if (_unknownLength > 0)
            Append(unknown.Id!.Value, _unknownLength);
        _unknownLength = 0;
    }

    private void Append(int id, int length)
    {
        _ids.Add(id);
        _lengths.Add(length + _lost);
        _lost = 0;
    }
}
