namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>A step of a compiled regular expression.</summary>
/// <param name="Code">What to do.</param>
/// <param name="A">Split: first place to go on; Jump: the place; Loop: least; Look and Atomic: the place behind their part; Anchor: its kind.</param>
/// <param name="B">Split: second place; Loop: most, -1 = without end; Look: 1 = negative.</param>
/// <param name="Set">Set and Loop: the characters.</param>
/// <param name="Keeps">Loop: gives nothing back. Look: looks behind.</param>
internal readonly record struct RegexInstruction(RegexInstruction.Operation Code, int A = 0, int B = 0, CodePointSet? Set = null, bool Keeps = false)
{
    /// <summary>The kinds of steps.</summary>
    internal enum Operation
    {
        /// <summary>Take one character of a set.</summary>
        Set,

        /// <summary>Take as many characters of a set as there are.</summary>
        Loop,

        /// <summary>Go on at one place, and at another when that fails.</summary>
        Split,

        /// <summary>Go on elsewhere.</summary>
        Jump,

        /// <summary>Look at what follows or goes before.</summary>
        Look,

        /// <summary>Match a part once and for all.</summary>
        Atomic,

        /// <summary>Check a place.</summary>
        Anchor,

        /// <summary>The end.</summary>
        Match,
    }
}
