namespace MedicalGpt.Torch;

/// <summary>One operator to bind: schema name, overload, the arguments that calls give (in order), and the first libtorch that has it.</summary>
internal sealed record OperatorEntry(string Name, string Overload, string[] Arguments, string Since)
{
    internal string FullName => Overload.Length == 0 ? Name : Name + "." + Overload;
}
