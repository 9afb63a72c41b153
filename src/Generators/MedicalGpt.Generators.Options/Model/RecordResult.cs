namespace MedicalGpt.Generators.Options.Model;

/// <summary>What reading one record gives: a model where it is sound, and what is wrong with it.</summary>
internal sealed record RecordResult(RecordModel? Model, EquatableArray<Problem> Problems)
{
    /// <summary>MGPT013, ready to be reported should the record turn out not to be the first of its name; the other's name is then put in front of its arguments.</summary>
    public Problem? IfTaken { get; init; }
}
