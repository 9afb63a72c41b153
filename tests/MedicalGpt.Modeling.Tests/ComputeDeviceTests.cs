namespace MedicalGpt.Modeling.Tests;

/// <summary>What <c>--device</c> means on machines with and without CUDA and cards.</summary>
public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData(null, false, 0, "cpu")]
    [InlineData(null, true, 0, "cpu")]
    [InlineData(null, true, 2, "cuda:0")]
    [InlineData("cpu", true, 2, "cpu")]
    [InlineData("cuda", true, 1, "cuda:0")]
    [InlineData("cuda:1", true, 2, "cuda:1")]
    public void The_first_card_is_chosen_where_there_is_one(string? given, bool built, int cards, string expected) =>
        ComputeDevice.Choose(given, built, cards, "2.9.0").ShouldBe(expected);

    [Fact]
    public void A_device_that_is_not_there_is_refused_with_what_there_is()
    {
        Refused("cuda", built: false, cards: 0).ShouldBe(
            "error: The device is not there.\n  place:   --device\n  given:   cuda\n  allowed: cpu (libtorch 2.9.0 was built without CUDA)\n" +
            "  remedy:  set LIBTORCH to a libtorch with CUDA, or to the torch folder of a Python install, and start again");
        Refused("cuda:0", built: true, cards: 0).ShouldContain("allowed: cpu (libtorch 2.9.0 was built with CUDA, but it finds no NVIDIA GPU)\n  remedy:  see whether nvidia-smi lists the card");
        Refused("cuda:2", built: true, cards: 2).ShouldContain("given:   cuda:2\n  allowed: cpu, cuda:0, cuda:1\n");
        Refused("gpu", built: true, cards: 2).ShouldBe("error: This is no device.\n  place:   --device\n  given:   gpu\n  allowed: cpu, cuda or cuda:N");
    }

    [Fact]
    public void A_card_has_a_number()
    {
        ComputeDevice.Card("cpu").ShouldBeNull();
        ComputeDevice.Card("cuda:3").ShouldBe(3);
        ComputeDevice.Card("cuda").ShouldBe(0);
    }

    private static string Refused(string given, bool built, int cards) =>
        Should.Throw<MedicalGptException>(() => ComputeDevice.Choose(given, built, cards, "2.9.0")).ToBlock();
}
