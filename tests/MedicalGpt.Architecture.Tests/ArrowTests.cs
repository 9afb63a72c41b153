namespace MedicalGpt.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        var projects = Repository.Files("*.csproj", "src", "plugins");
        projects.Count.ShouldBeGreaterThan(15);
        projects.SelectMany(file => Arrows.Violations(file, XDocument.Parse(Repository.Text(file)))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Modeling/MedicalGpt.Modeling.csproj", "../Training/MedicalGpt.Training.csproj", "Modeling -> Training")]
    [InlineData("src/Abstractions/MedicalGpt.Abstractions/MedicalGpt.Abstractions.csproj", "../../Torch/MedicalGpt.Torch.csproj", "Abstractions -> Torch")]
    [InlineData("src/Host/MedicalGpt.Host.csproj", "../../plugins/Algorithms.Dpo/MedicalGpt.Algorithms.Dpo.csproj", "Host -> Algorithms.Dpo")]
    [InlineData("plugins/Rewards.X/MedicalGpt.Rewards.X.csproj", "../Datasets.Y/MedicalGpt.Datasets.Y.csproj", "plugin Rewards.X -> Datasets.Y: plugins reference through MedicalGptContracts only")]
    public void A_forbidden_arrow_is_found(string file, string reference, string expected) =>
        Arrows.Violations(file, Project($"""<ItemGroup><ProjectReference Include="{reference}" /></ItemGroup>""")).ShouldBe([expected]);

    [Fact]
    public void A_reward_that_asks_for_tensors_is_found() =>
        Arrows.Violations("plugins/Rewards.X/MedicalGpt.Rewards.X.csproj", Project("<PropertyGroup><MedicalGptContracts>Training</MedicalGptContracts></PropertyGroup>"))
            .ShouldBe(["plugin Rewards.X sees Training, its kind may see Text"]);

    private static XDocument Project(string content) => XDocument.Parse($"<Project>{content}</Project>");
}
