namespace MedicalGpt.Options;

/// <summary>A name that other tools' scripts pass and that means nothing here: it is accepted, explained and ignored. On an assembly it holds for all its records.</summary>
/// <param name="key">The name, in snake_case.</param>
/// <param name="reason">Why it has no effect, as a phrase for help and notices.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class AcceptedWithoutEffectAttribute(string key, string reason) : Attribute
{
    /// <summary>The accepted name.</summary>
    public string Key { get; } = key;

    /// <summary>Why it has no effect.</summary>
    public string Reason { get; } = reason;
}
