using Operation = MedicalGpt.Training.Tokenization.Patterns.RegexInstruction.Operation;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>Turns a parsed regular expression into steps.</summary>
internal sealed class RegexCompiler
{
    private const int SizeLimit = 20_000;
    private readonly List<RegexInstruction> _steps = [];
    private readonly Dictionary<int, int> _widths = [];

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="FormatException">It has too many steps.</exception>
    public static (RegexInstruction[] Steps, Dictionary<int, int> Widths) Compile(RegexNode node)
    {
        var compiler = new RegexCompiler();
        compiler.Emit(node);
        compiler.Add(new RegexInstruction(Operation.Match));
        return ([.. compiler._steps], compiler._widths);
    }

    private int Add(RegexInstruction step)
    {
        if (_steps.Count >= SizeLimit)
            throw new FormatException($"it needs more than {SizeLimit} steps");
        _steps.Add(step);
        return _steps.Count - 1;
    }

    private void Emit(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.OneOf one:
                Add(new RegexInstruction(Operation.Set, Set: one.Set));
                break;
            case RegexNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                    Emit(part);
                break;
            case RegexNode.Choice choice:
                EmitChoice(choice);
                break;
            case RegexNode.Repeat repeat:
                EmitRepeat(repeat);
                break;
            case RegexNode.Anchor anchor:
                Add(new RegexInstruction(Operation.Anchor, (int)anchor.Kind));
                break;
            case RegexNode.Atomic atomic:
                EmitPart(Operation.Atomic, atomic.Part, 0, false);
                break;
            case RegexNode.Look look:
                EmitLook(look);
                break;
        }
    }

    private void EmitChoice(RegexNode.Choice choice)
    {
        var ends = new List<int>();
        for (var i = 0; i + 1 < choice.Alternatives.Count; i++)
        {
            var split = Add(default);
            Emit(choice.Alternatives[i]);
            ends.Add(Add(default));
            _steps[split] = new RegexInstruction(Operation.Split, split + 1, _steps.Count);
        }

        Emit(choice.Alternatives[^1]);
        foreach (var end in ends)
            _steps[end] = new RegexInstruction(Operation.Jump, _steps.Count);
    }

    private void EmitRepeat(RegexNode.Repeat repeat)
    {
        if (repeat.Part is RegexNode.OneOf one && repeat.Mode != RepeatMode.Lazy)
        {
            Add(new RegexInstruction(Operation.Loop, repeat.Least, repeat.Most, one.Set, repeat.Mode == RepeatMode.Possessive));
            return;
        }

        if (repeat.Mode == RepeatMode.Possessive)
        {
            EmitPart(Operation.Atomic, repeat with { Mode = RepeatMode.Greedy }, 0, false);
            return;
        }

        for (var i = 0; i < repeat.Least; i++)
            Emit(repeat.Part);
        var splits = new List<int>();
        for (var i = repeat.Least; i < Math.Max(repeat.Most, repeat.Most < 0 ? repeat.Least + 1 : 0); i++)
        {
            splits.Add(Add(default));
            Emit(repeat.Part);
            if (repeat.Most < 0)
                Add(new RegexInstruction(Operation.Jump, splits[^1]));
        }

        foreach (var split in splits)
        {
            var lazy = repeat.Mode == RepeatMode.Lazy;
            _steps[split] = new RegexInstruction(Operation.Split, lazy ? _steps.Count : split + 1, lazy ? split + 1 : _steps.Count);
        }
    }

    private int EmitPart(Operation code, RegexNode part, int b, bool behind)
    {
        var head = Add(default);
        Emit(part);
        Add(new RegexInstruction(Operation.Match));
        _steps[head] = new RegexInstruction(code, _steps.Count, b, null, behind);
        return head;
    }

    // Behind: one look for each alternative, so that each has one width.
    private void EmitLook(RegexNode.Look look)
    {
        if (!look.Ahead && look.Part is RegexNode.Choice choice)
        {
            var looks = choice.Alternatives.Select(part => (RegexNode)(look with { Part = part })).ToList();
            Emit(look.Negative ? new RegexNode.Sequence(looks) : new RegexNode.Choice(looks));
            return;
        }

        var head = EmitPart(Operation.Look, look.Part, look.Negative ? 1 : 0, !look.Ahead);
        if (!look.Ahead)
            _widths[head] = Width(look.Part) ?? throw new FormatException("looking behind needs a part of one width");
    }

    private static int? Width(RegexNode node) => node switch
    {
        RegexNode.OneOf => 1,
        RegexNode.Sequence sequence => sequence.Parts.Aggregate((int?)0, (sum, part) => sum + Width(part)),
        RegexNode.Choice choice => choice.Alternatives.Select(Width).Distinct().Count() == 1 ? Width(choice.Alternatives[0]) : null,
        RegexNode.Repeat repeat => repeat.Least == repeat.Most ? Width(repeat.Part) * repeat.Least : null,
        RegexNode.Atomic atomic => Width(atomic.Part),
        _ => 0,
    };
}
