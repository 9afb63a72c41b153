namespace MedicalGpt.Architecture.Tests;

public sealed class StateTests
{
    // Fields that the finder must find, and must not.
    [ThreadStatic]
    private static int perThread;

    private static int changing;

    private static readonly int Fixed = 1;

    [Fact]
    public void No_static_field_can_change()
    {
        var projects = Repository.Files("*.csproj", "src", "plugins").Where(file => !file.Contains("Generators", StringComparison.Ordinal)).ToArray();
        projects.Length.ShouldBeGreaterThan(12);
        var found = from project in projects
                    let name = Path.GetFileNameWithoutExtension(project)
                    from field in StaticFields.Mutable(Repository.Assembly(project), allowThreadStatic: name == "MedicalGpt.Torch")
                    select $"{name}: {field}";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void The_finder_finds_them()
    {
        perThread = 0;
        changing = perThread + Fixed;
        changing.ShouldBe(1);
        var own = typeof(StateTests).Assembly.Location;
        StaticFields.Mutable(own, allowThreadStatic: true).ShouldBe(["StateTests.changing"]);
        StaticFields.Mutable(own, allowThreadStatic: false).ShouldBe(["StateTests.perThread", "StateTests.changing"], ignoreOrder: true);
    }
}
