using System.Text.Encodings.Web;
using System.Text.Json;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>Builds the schema's tree from the footer's list of nodes, with the rules for older shapes of lists and maps (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types).</summary>
internal sealed class SchemaBuilder
{
    private const int DepthLimit = 64;

    private readonly IReadOnlyList<SchemaElement> _elements;
    private readonly List<LeafColumn> _leaves = [];
    private readonly Stack<string> _path = [];
    private int _next;

    private SchemaBuilder(IReadOnlyList<SchemaElement> elements) => _elements = elements;

    /// <summary>Builds the tree.</summary>
    public static SchemaTree Build(IReadOnlyList<SchemaElement> elements)
    {
        var builder = new SchemaBuilder(elements);
        var root = builder.Take();
        var tree = new SchemaTree(builder.Struct(root, new Levels(0, 0)), builder._leaves);
        if (builder._next != elements.Count)
            throw new ParquetException($"the schema has {elements.Count - builder._next} nodes outside its tree");
        return tree;
    }

    private SchemaElement Take() => _next < _elements.Count ? _elements[_next++] : throw new ParquetException("the schema ends too early");

    /// <summary>The next node, with its repetition.</summary>
    private SchemaNode Field(Levels parent)
    {
        var element = Take();
        return element.Repetition switch
        {
            Repetition.Optional => Content(element, parent with { Definition = parent.Definition + 1 }),
            Repetition.Repeated => List(element, parent), // a list without annotation
            _ => Content(element, parent),
        };
    }

    private ListNode List(SchemaElement element, Levels list) => new(list.Definition, list.Repetition + 1, Content(element, list.Repeat()));

    /// <summary>A node apart from its repetition.</summary>
    private SchemaNode Content(SchemaElement element, Levels levels)
    {
        if (_path.Count >= DepthLimit)
            throw new ParquetException($"the schema is nested more than {DepthLimit} deep");
        _path.Push(element.Name);
        SchemaNode node = element.Type is { } type ? Leaf(element, type, levels)
            : element.Meaning?.IsList == true && HoldsOneRepeated(element) ? AnnotatedList(element, levels)
            : element.Meaning?.IsMap == true && HoldsOneRepeated(element) && _elements[_next] is { Type: null, Children: 1 or 2 } ? Map(levels)
            : Struct(element, levels);
        _path.Pop();
        return node;
    }

    private bool HoldsOneRepeated(SchemaElement element) => element.Children == 1 && _next < _elements.Count && _elements[_next].Repetition == Repetition.Repeated;

    /// <summary>list { repeated group { element } }. In older files the repeated node is the element itself: where it is no group, has other than one plain child, or is named so.</summary>
    private ListNode AnnotatedList(SchemaElement list, Levels levels)
    {
        var repeated = Take();
        var isElement = repeated.Type is not null || repeated.Children != 1 || repeated.Name == "array" || repeated.Name == list.Name + "_tuple"
            || repeated.Meaning is { IsList: true } or { IsMap: true } || HoldsOneRepeated(repeated);
        if (isElement)
            return List(repeated, levels);
        return new ListNode(levels.Definition, levels.Repetition + 1, Field(levels.Repeat()));
    }

    /// <summary>map { repeated group { key, value } }; without values it is the list of its keys.</summary>
    private ListNode Map(Levels levels)
    {
        var entry = Take();
        var inner = levels.Repeat();
        var key = Field(inner);
        return new ListNode(levels.Definition, inner.Repetition, entry.Children == 1 ? key : new PairNode(inner.Definition, key, Field(inner)));
    }

    private StructNode Struct(SchemaElement element, Levels levels)
    {
        var first = _leaves.Count;
        List<SchemaNode> fields = [];
        List<JsonEncodedText> names = [];
        HashSet<string> known = [];
        for (var left = element.Children; left > 0; left--)
        {
            var name = _next < _elements.Count ? _elements[_next].Name : "";
            if (!known.Add(name))
                throw new ParquetException($"two columns have the name \"{name}\"", "write the file with a name of its own for each column");
            fields.Add(Field(levels));
            names.Add(JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
        }

        if (_leaves.Count == first && _path.Count > 0)
            throw new ParquetException($"the struct \"{element.Name}\" has no fields");
        return new StructNode(levels.Definition, first, _leaves.Count - first, fields, names);
    }

    private LeafNode Leaf(SchemaElement element, PhysicalType type, Levels levels)
    {
        var width = type switch
        {
            PhysicalType.Int32 or PhysicalType.Float => 4,
            PhysicalType.Int64 or PhysicalType.Double => 8,
            PhysicalType.Int96 => 12,
            PhysicalType.FixedBytes => element.TypeLength > 0 ? element.TypeLength : throw new ParquetException($"the values of \"{element.Name}\" have the length {element.TypeLength}"),
            _ => 0,
        };
        var column = new LeafColumn(_leaves.Count, string.Join('.', _path.Reverse()), type, width, ColumnMeaning.Of(element), levels.Definition, levels.Repetition);
        _leaves.Add(column);
        return new LeafNode(column, element.Repetition == Repetition.Optional);
    }

    /// <summary>How many optional or repeated, and how many repeated nodes are on a path.</summary>
    private readonly record struct Levels(int Definition, int Repetition)
    {
        public Levels Repeat() => new(Definition + 1, Repetition + 1);
    }
}
