namespace MedicalGpt.Generators.Options.Model;

/// <summary>What reading one record gives: a model where it is sound, and what is wrong with it.</summary>
internal sealed record RecordResult(RecordModel? Model, EquatableArray<Problem> Problems);
