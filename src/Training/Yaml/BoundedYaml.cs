using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MedicalGpt.Training.Yaml;

/// <summary>
/// Reads YAML that others wrote. YamlDotNet builds and compares nodes by recursion, and an alias stands for all that it names: so the parser's events are counted first, which takes neither stack nor memory.
/// </summary>
public static class BoundedYaml
{
    /// <summary>Most mappings and lists within each other, in blocks or in brackets, with what aliases stand for.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most nodes, with what aliases stand for.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <returns>Its documents.</returns>
    /// <exception cref="YamlException">It is no YAML, goes deeper or means more nodes than is allowed, or an alias stands for nothing or for what it is a part of.</exception>
    public static YamlStream Load(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            Check(parser);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The scanner gives up in other ways, too.
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what follows is no YAML", error);
        }
    }

    private static void Check(Parser parser)
    {
        var (open, known) = (new Stack<Node>(), new Dictionary<AnchorName, Node>());
        open.Push(new Node(default)); // the stream itself, which is no mapping and no list
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case DocumentStart:
                    known.Clear();
                    break;
                case MappingStart or SequenceStart:
                    open.Push(new Node(((NodeEvent)parser.Current).Anchor) { Depth = 1 });
                    Require(open.Count - 1 <= MaxDepth, parser.Current, TooDeep);
                    break;
                case MappingEnd or SequenceEnd:
                    Add(open, open.Pop(), known, parser.Current);
                    break;
                case Scalar scalar:
                    Add(open, new Node(scalar.Anchor), known, scalar);
                    break;
                case AnchorAlias alias:
                    Require(known.TryGetValue(alias.Value, out var named), alias, $"the alias {alias.Value} stands for nothing that is complete before it");
                    Add(open, new Node(default) { Depth = named!.Depth, Nodes = named.Nodes }, known, alias);
                    break;
            }
        }
    }

    private static string TooDeep => $"mappings and lists stand within each other deeper than {MaxDepth}";

    private static void Add(Stack<Node> open, Node node, Dictionary<AnchorName, Node> known, ParsingEvent at)
    {
        if (!node.Anchor.IsEmpty)
            known[node.Anchor] = node;
        var parent = open.Peek();
        parent.Depth = Math.Max(parent.Depth, node.Depth + 1);
        parent.Nodes += node.Nodes;
        Require(open.Count - 1 + node.Depth <= MaxDepth, at, TooDeep);
        Require(parent.Nodes <= MaxNodes, at, $"more than {MaxNodes} nodes, with what aliases stand for");
    }

    private static void Require(bool holds, ParsingEvent at, string otherwise)
    {
        if (!holds)
            throw new YamlException(at.Start, at.End, otherwise);
    }

    /// <summary>What has been counted of a node: how many mappings and lists it is deep (a scalar 0, a list of scalars 1), and how many nodes it means.</summary>
    private sealed class Node(AnchorName anchor)
    {
        public AnchorName Anchor => anchor;

        public int Depth { get; set; }

        public int Nodes { get; set; } = 1;
    }
}
