using MedicalGpt.Host.Commands.Compare;

namespace MedicalGpt.Host.Tests.Commands;

/// <summary>How models of a comparison are named.</summary>
public sealed class ComparedModelTests
{
    [Theory]
    [InlineData("sft=outputs/sft-merged", "sft", "outputs/sft-merged")]
    [InlineData("outputs/sft-merged/", "sft-merged", "outputs/sft-merged/")]
    [InlineData("/data/lr=1e-3/model", "model", "/data/lr=1e-3/model")]
    public void Name_and_folder(string text, string name, string folder) => ComparedModel.Parse(text).ShouldBe(new ComparedModel(name, folder));

    [Fact]
    public void Two_models_of_one_name_are_refused_with_a_way_out()
    {
        var error = Should.Throw<MedicalGptException>(() => ComparedModel.ParseAll(["a/model", "b/model"]));
        error.ToBlock().ShouldBe("error: Two models have the same name.\n  place:   --models\n  given:   a/model and b/model\n  remedy:  name them: --models a=a/model b=b/model");
    }
}
