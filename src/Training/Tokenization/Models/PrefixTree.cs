namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Tokens as a tree of UTF-16 units; its edges lie in one flat hash table.</summary>
internal sealed class PrefixTree
{
    /// <summary>The node of the empty text.</summary>
    public const int Root = 0;

    private const ulong Empty = ulong.MaxValue;
    private readonly List<int> _values = [-1];
    private ulong[] _keys = new ulong[1 << 10];
    private int[] _children = new int[1 << 10];
    private int _count;

    /// <summary>Builds the tree.</summary>
    public PrefixTree(Dictionary<string, int> tokens)
    {
        Array.Fill(_keys, Empty);
        foreach (var (token, id) in tokens)
        {
            var node = Root;
            foreach (var unit in token)
                node = Child(node, unit) is >= 0 and var child ? child : Grow(node, unit);
            if (token.Length > 0)
                _values[node] = id;
        }
    }

    /// <summary>The node one unit further; -1 = there is none.</summary>
    public int Child(int node, char unit)
    {
        var slot = Find(Key(node, unit));
        return _keys[slot] == Empty ? -1 : _children[slot];
    }

    /// <summary>The id of the token that ends at a node; -1 = none.</summary>
    public int ValueOf(int node) => _values[node];

    private int Grow(int node, char unit)
    {
        if (_count * 2 >= _keys.Length)
            Enlarge();
        var slot = Find(Key(node, unit));
        _keys[slot] = Key(node, unit);
        _children[slot] = _values.Count;
        _count++;
        _values.Add(-1);
        return _values.Count - 1;
    }

    private void Enlarge()
    {
        var (keys, children) = (_keys, _children);
        _keys = new ulong[keys.Length * 2];
        _children = new int[keys.Length * 2];
        Array.Fill(_keys, Empty);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] == Empty)
                continue;
            var slot = Find(keys[i]);
            (_keys[slot], _children[slot]) = (keys[i], children[i]);
        }
    }

    private static ulong Key(int node, char unit) => ((ulong)(uint)node << 16) | unit;

    private int Find(ulong key)
    {
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> 33) & (_keys.Length - 1);
        while (_keys[slot] != key && _keys[slot] != Empty)
            slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }
}
