using MedicalGpt.Generators.Options.Model;

namespace MedicalGpt.Generators.Options.Diagnostics;

/// <summary>Finds options records of one assembly that have the same name.</summary>
internal static class Duplicates
{
    public static IEnumerable<Problem> Find(IEnumerable<RecordResult> results)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var problem in results.Select(result => result.IfTaken).OfType<Problem>())
        {
            var (type, name) = (problem.Arguments[0], problem.Arguments[1]);
            if (owners.TryGetValue(name, out var other))
                yield return problem with { Arguments = new([other, type, name]) };
            else
                owners.Add(name, type);
        }
    }
}
