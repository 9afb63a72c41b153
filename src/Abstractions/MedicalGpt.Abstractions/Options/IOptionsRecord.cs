namespace MedicalGpt.Options;

/// <summary>Implemented by the generator for every record marked with <c>[Options]</c>.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
public interface IOptionsRecord<TSelf>
    where TSelf : IOptionsRecord<TSelf>
{
}
