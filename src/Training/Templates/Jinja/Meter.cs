using System.Runtime.CompilerServices;

namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>Counts what a rendering takes and stops it at its limits.</summary>
internal sealed class Meter(JinjaLimits limits)
{
    private long _steps;
    private long _characters;
    private int _depth;

    /// <summary>Counts work.</summary>
    public void Step(long steps = 1)
    {
        _steps += steps;
        if (_steps > limits.Steps)
            throw JinjaException.Limit($"the template takes more than {limits.Steps:N0} steps");
    }

    /// <summary>Counts characters looked through.</summary>
    public void Scan(long characters) => Step(characters / 64);

    /// <summary>Counts the search for a part in a text.</summary>
    public void Search(string text, string part) => Step((text.Length / 64) + (part.Length > 32 ? Math.Max(0L, text.Length - part.Length) * part.Length / 1024 : 0));

    /// <summary>Counts the comparison of two values, or the search for one by its hash.</summary>
    public void Compare(Values.Value value, Values.Value? other = null) => Step(1 + (Math.Min(value.Weight, other?.Weight ?? long.MaxValue) / 4));

    /// <summary>Counts characters before they are made.</summary>
    public void Make(long characters)
    {
        _characters += characters;
        if (characters < 0 || _characters > limits.Characters)
            throw JinjaException.Limit($"the template makes more than {limits.Characters:N0} characters");
    }

    /// <summary>Counts items of a list before they are made.</summary>
    public void MakeItems(long items)
    {
        Step(items / 4);
        Make(items * 16);
    }

    /// <summary>Enters a call.</summary>
    public void Enter()
    {
        EnsureStack();
        if (++_depth > limits.Depth)
            throw JinjaException.Limit($"the template calls itself more than {limits.Depth} levels deep");
    }

    /// <summary>Leaves a call.</summary>
    public void Leave() => _depth--;

    /// <summary>Refuses to go deeper where the stack ends.</summary>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw JinjaException.Limit("the template or its values are nested too deeply");
    }
}
