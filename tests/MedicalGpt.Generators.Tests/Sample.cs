using System.Reflection;
using MedicalGpt.Options;

namespace MedicalGpt.Generators.Tests;

/// <summary>A compiled and loaded options record, bound through the interface that the generator wrote.</summary>
internal sealed class Sample(Type type)
{
    public OptionsDescriptor Descriptor { get; } =
        (OptionsDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    public static Sample Of(Assembly assembly, string typeName) => new(assembly.GetType(typeName, throwOnError: true)!);

    public static Sample Of(string source, string typeName) => Of(GeneratorRun.Load(source), typeName);

    /// <summary>Binds and validates the record as the host does; the resolution then has the errors.</summary>
    public object Bind(OptionResolution resolution) =>
        typeof(OptionResolution).GetMethod(nameof(OptionResolution.Bind))!.MakeGenericMethod(type).Invoke(resolution, null)!;

    /// <summary>Resolves command-line arguments for this record alone.</summary>
    public (object Options, OptionResolution Resolution) Run(params string[] arguments)
    {
        var set = new OptionSet(Descriptor);
        var resolution = OptionResolver.Resolve(set, [CommandLineReader.Read(arguments, set)]);
        return (Bind(resolution), resolution);
    }

    public object? Value(object options, string property) => type.GetProperty(property)!.GetValue(options);
}
