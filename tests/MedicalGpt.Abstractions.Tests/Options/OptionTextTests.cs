using MedicalGpt.Options;

namespace MedicalGpt.Abstractions.Tests.Options;

public sealed class OptionTextTests
{
    [Theory]
    [InlineData("1e-5", 1e-5)]
    [InlineData("-.5", -0.5)]
    [InlineData("5", 5)]
    [InlineData("INF", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    public void Number_is_read(string text, double value)
    {
        OptionText.TryNumber(text, out var read).ShouldBeTrue();
        read.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("1,5")]
    [InlineData("1e999")]
    [InlineData("0x10")]
    [InlineData(" 1")]
    [InlineData("½")]
    public void Text_that_is_no_number_is_refused(string text) => OptionText.TryNumber(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(5e-6, "5e-6")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e20, "1e20")]
    [InlineData(3, "3")]
    [InlineData(1.41e-5, "1.41e-5")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Number_is_written_in_its_shortest_form(double value, string text) => OptionText.Number(value).ShouldBe(text);

    [Theory]
    [InlineData("True", true)]
    [InlineData("ON", true)]
    [InlineData("1", true)]
    [InlineData("no", false)]
    [InlineData("0", false)]
    [InlineData("FALSE", false)]
    public void Boolean_is_read_in_any_case(string text, bool value)
    {
        OptionText.TryBoolean(text, out var read).ShouldBeTrue();
        read.ShouldBe(value);
    }

    [Fact]
    public void Whole_numbers_have_no_fraction_and_fit()
    {
        OptionText.TryInteger("3.0", out _).ShouldBeFalse();
        OptionText.TryInteger("2147483648", out _).ShouldBeFalse();
        OptionText.TryLong("2147483648", out var value).ShouldBeTrue();
        value.ShouldBe(2147483648L);
    }
}
