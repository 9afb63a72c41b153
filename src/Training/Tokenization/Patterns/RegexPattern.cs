using Operation = MedicalGpt.Training.Tokenization.Patterns.RegexInstruction.Operation;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>
/// A regular expression over code points. The runtime's own works on UTF-16, where a letter beyond the basic plane is two units that are no letter.
/// It tries alternatives in order and goes back like a backtracking engine, but never twice to the same step at the same place, and its steps are counted: no pattern takes for ever.
/// </summary>
internal sealed class RegexPattern : IPattern
{
    private const int StepsAlways = 2_000_000;
    private const int StepsPerUnit = 500;
    private const int StepsBeforeMemory = 1_000;
    private const int MemoryLimit = 2_000_000;
    private readonly RegexInstruction[] _steps;
    private readonly Dictionary<int, int> _widths;
    private readonly string _pattern;

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="FormatException">It is no pattern, or uses what is not supported.</exception>
    public RegexPattern(string pattern)
    {
        _pattern = pattern;
        (_steps, _widths) = RegexCompiler.Compile(RegexParser.Parse(pattern));
    }

    public void Find(ReadOnlySpan<char> text, List<TextRange> matches)
    {
        var state = new State(StepsAlways + ((long)StepsPerUnit * text.Length));
        var lastEnd = -1;
        for (var start = 0; start <= text.Length;)
        {
            state.Begin();
            var end = Run(text, 0, start, state);
            if (end > start)
            {
                matches.Add(new TextRange(start, end));
                start = lastEnd = end;
                continue;
            }

            if (end == start && start != lastEnd)
                matches.Add(new TextRange(start, end));
            start += start < text.Length ? Units(text, start) : 1;
        }
    }

    private int Run(ReadOnlySpan<char> text, int step, int position, State state)
    {
        var floor = state.Depth;
        var run = state.NextRun();
        while (true)
        {
            ref readonly var now = ref _steps[step];
            var failed = false;
            switch (now.Code)
            {
                case Operation.Set:
                    var units = now.Set!.UnitsAt(text, position);
                    position += units;
                    step++;
                    failed = units == 0;
                    break;
                case Operation.Loop:
                    failed = !state.Visit(step, position, run) || !Loop(text, in now, step + 1, ref position, state);
                    step++;
                    break;
                case Operation.Split:
                    failed = !state.Visit(step, position, run);
                    if (!failed)
                        state.Push(now.B, position, position);
                    step = now.A;
                    break;
                case Operation.Jump:
                    step = now.A;
                    break;
                case Operation.Look:
                    failed = Looks(text, step, position, state) == (now.B == 1);
                    step = now.A;
                    break;
                case Operation.Atomic:
                    position = Run(text, step + 1, position, state);
                    failed = position < 0;
                    step = now.A;
                    break;
                case Operation.Anchor:
                    failed = !Stands(text, (AnchorKind)now.A, position);
                    step++;
                    break;
                default:
                    state.Depth = floor;
                    return position;
            }

            state.Count(_pattern);
            if (failed && !state.Pop(text, floor, out step, out position))
                return -1;
        }
    }

    private static bool Loop(ReadOnlySpan<char> text, in RegexInstruction loop, int next, ref int position, State state)
    {
        var least = position;
        var count = 0;
        while (count != loop.B)
        {
            var units = loop.Set!.UnitsAt(text, position);
            if (units == 0)
                break;
            position += units;
            count++;
            if (count == loop.A)
                least = position;
        }

        if (count < loop.A)
            return false;
        state.Spend(count);
        if (!loop.Keeps && position > least)
            state.Push(next, Before(text, position), least);
        return true;
    }

    private bool Looks(ReadOnlySpan<char> text, int step, int position, State state)
    {
        if (!_steps[step].Keeps)
            return Run(text, step + 1, position, state) >= 0;
        var start = position;
        for (var i = _widths[step]; i > 0; i--)
        {
            if (start == 0)
                return false;
            start = Before(text, start);
        }

        return Run(text, step + 1, start, state) == position;
    }

    private static bool Stands(ReadOnlySpan<char> text, AnchorKind kind, int position) => kind switch
    {
        AnchorKind.LineStart => position == 0 || (text[position - 1] == '\n' && position < text.Length),
        AnchorKind.LineEnd => position == text.Length || text[position] == '\n',
        AnchorKind.TextStart => position == 0,
        AnchorKind.TextEnd => position == text.Length,
        AnchorKind.TextEndOrLineEnd => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        AnchorKind.WordBoundary => AtBoundary(text, position),
        _ => !AtBoundary(text, position),
    };

    private static bool AtBoundary(ReadOnlySpan<char> text, int position) =>
        (position > 0 && WordAt(text, Before(text, position))) != (position < text.Length && WordAt(text, position));

    private static bool WordAt(ReadOnlySpan<char> text, int position)
    {
        System.Text.Rune.DecodeFromUtf16(text[position..], out var rune, out _);
        return UnicodeClasses.IsBareWord(rune.Value);
    }

    private static int Units(ReadOnlySpan<char> text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]) ? 2 : 1;

    private static int Before(ReadOnlySpan<char> text, int position) =>
        position > 1 && char.IsLowSurrogate(text[position - 1]) && char.IsHighSurrogate(text[position - 2]) ? position - 2 : position - 1;

    /// <summary>The places to go back to, what was visited, what was spent.</summary>
    private sealed class State(long budget)
    {
        private readonly HashSet<(int Step, int Position, long Run)> _visited = [];
        private (int Step, int Position, int Least)[] _back = new (int, int, int)[16];
        private long _spent;
        private long _begun;
        private long _runs;

        public int Depth { get; set; }

        public void Begin()
        {
            Depth = 0;
            _begun = _spent;
            if (_visited.Count > 0)
                _visited.Clear();
        }

        public void Spend(int steps) => _spent += steps;

        public void Count(string pattern)
        {
            if (++_spent > budget || _visited.Count > MemoryLimit)
                throw new MedicalGptException("A regular expression of the tokenizer takes too long on this text.") { Place = "tokenizer.json", Given = pattern.Length > 200 ? pattern[..200] + "…" : pattern, Remedy = "use a pattern that does not look over the whole text again for every place" };
        }

        // A part that is matched for itself is a run of its own: what other runs visited says nothing there.
        public long NextRun() => ++_runs;

        public bool Visit(int step, int position, long run) =>
            _spent - _begun < StepsBeforeMemory || _visited.Add((step, position, run));

        public void Push(int step, int position, int least)
        {
            if (Depth == _back.Length)
                Array.Resize(ref _back, Depth * 2);
            _back[Depth++] = (step, position, least);
        }

        public bool Pop(ReadOnlySpan<char> text, int floor, out int step, out int position)
        {
            step = position = -1;
            if (Depth == floor)
                return false;
            ref var top = ref _back[Depth - 1];
            (step, position) = (top.Step, top.Position);
            if (position > top.Least)
                top.Position = Before(text, position);
            else
                Depth--;
            return true;
        }
    }
}
