using MedicalGpt.Generators.Options.Model;

namespace MedicalGpt.Generators.Tests;

public sealed class ModelTests
{
    /// <summary>A symbol, node or compilation in a cached model would be stale or keep the whole compilation alive.</summary>
    [Fact]
    public void Cached_models_hold_plain_values_only()
    {
        var seen = new HashSet<Type>();
        Visit(typeof(RecordResult));
        seen.Where(type => type.Namespace == "Microsoft.CodeAnalysis").ShouldBeEmpty();
        seen.Select(type => type.Name).ShouldContain(nameof(OptionModel));
        seen.Select(type => type.Name).ShouldContain(nameof(Problem));

        void Visit(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!seen.Add(type) || type.Namespace == "System" || type.IsEnum)
                return;
            foreach (var argument in type.GenericTypeArguments)
                Visit(argument);
            foreach (var property in type.GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                Visit(property.PropertyType);
        }
    }

    [Fact]
    public void Arrays_are_equal_by_their_items()
    {
        new EquatableArray<string>(["a", "b"]).ShouldBe(new EquatableArray<string>(["a", "b"]));
        new EquatableArray<string>(["a", "b"]).ShouldNotBe(new EquatableArray<string>(["b", "a"]));
        new EquatableArray<string>([]).ShouldBe(default);
        new EquatableArray<string>(["a"]).GetHashCode().ShouldBe(new EquatableArray<string>(["a"]).GetHashCode());
    }
}
