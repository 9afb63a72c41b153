namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>A part of a parsed regular expression.</summary>
internal abstract record RegexNode
{
    /// <summary>One character of a set.</summary>
    internal sealed record OneOf(CodePointSet Set) : RegexNode;

    /// <summary>Parts one after the other; none = nothing.</summary>
    internal sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

    /// <summary>The first alternative that lets the rest match.</summary>
    internal sealed record Choice(IReadOnlyList<RegexNode> Alternatives) : RegexNode;

    /// <summary>A part repeated; <see cref="Most"/> = -1: without end.</summary>
    internal sealed record Repeat(RegexNode Part, int Least, int Most, RepeatMode Mode) : RegexNode;

    /// <summary>A part that must, or must not, match here without taking anything.</summary>
    internal sealed record Look(RegexNode Part, bool Ahead, bool Negative) : RegexNode;

    /// <summary>A part that keeps its first match.</summary>
    internal sealed record Atomic(RegexNode Part) : RegexNode;

    /// <summary>A place.</summary>
    internal sealed record Anchor(AnchorKind Kind) : RegexNode;
}
