using System.Globalization;
using System.Numerics;
using System.Text;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Parquet.Tests;

public sealed class TemporalTextTests
{
    /// <summary>Every day of a thousand years around the leap rules, and the ends of .NET's calendar, against .NET's calendar.</summary>
    [Fact]
    public void Dates_are_those_of_the_Gregorian_calendar()
    {
        var days = Enumerable.Range(new DateOnly(1599, 1, 1).DayNumber, 1002 * 366).Select(DateOnly.FromDayNumber);
        days.Where(date => Date(date) != date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ShouldBeEmpty();
        Date(DateOnly.MinValue).ShouldBe("0001-01-01");
        Date(DateOnly.MaxValue).ShouldBe("9999-12-31");
    }

    // A day further than .NET goes; 400 years have 146,097 days.
    [Theory]
    [InlineData(2_932_897, "+10000-01-01")]
    [InlineData(-719_528, "0000-01-01")]
    [InlineData(-719_529, "-0001-12-31")]
    [InlineData(2_932_897 + (146_097 * 25), "+20000-01-01")]
    public void Years_beyond_four_digits_have_a_sign(long days, string expected) => Text(target => TemporalText.Date(days, target)).ShouldBe(expected);

    [Theory]
    [InlineData(0, 1_000, "00:00:00")]
    [InlineData(86_399_999, 1_000, "23:59:59.999000")]
    [InlineData(1, 1_000_000, "00:00:00.000001")]
    [InlineData(3_600_000_000_001, 1_000_000_000, "01:00:00.000000001")]
    [InlineData(90_000_000, 1_000, "25:00:00")] // beyond a day: nothing is lost
    [InlineData(-1_000, 1_000, "-00:00:01")]
    public void Times(long value, int unit, string expected) => Text(target => TemporalText.Time(value, (TimeUnit)unit, target)).ShouldBe(expected);

    [Theory]
    [InlineData(-1, 1_000, true, "1969-12-31T23:59:59.999000+00:00")]
    [InlineData(1_000_000_000_000_000_001, 1_000_000_000, false, "2001-09-09T01:46:40.000000001")]
    [InlineData(long.MinValue, 1_000_000_000, false, "1677-09-21T00:12:43.145224192")] // the ends of 64 bits of nanoseconds, as documented for NumPy's datetime64
    [InlineData(long.MaxValue, 1_000_000_000, false, "2262-04-11T23:47:16.854775807")]
    public void Timestamps(long value, int unit, bool utc, string expected) => Text(target => TemporalText.Timestamp(value, (TimeUnit)unit, utc, target)).ShouldBe(expected);

    // The text of the furthest values must fit.
    [Fact]
    public void The_longest_texts_fit()
    {
        Text(target => TemporalText.Timestamp(long.MinValue, TimeUnit.Milliseconds, true, target)).ShouldStartWith("-292275055-05-16T16:47:04.192000"); // as Java's Instant.ofEpochMilli(Long.MIN_VALUE)
        Text(target => TemporalText.Time(long.MinValue, TimeUnit.Milliseconds, target)).ShouldStartWith("-2562047788015:12:55.808"); // 2^63 ms
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 2, "0.00")]
    [InlineData("5", 3, "0.005")]
    [InlineData("-5", 1, "-0.5")]
    [InlineData("-123456789012345678901234567890", 10, "-12345678901234567890.1234567890")]
    public void Decimals(string unscaled, int scale, string expected)
    {
        var number = BigInteger.Parse(unscaled, CultureInfo.InvariantCulture);
        Encoding.ASCII.GetString(DecimalText.Format(number, scale)).ShouldBe(expected);
        Encoding.ASCII.GetString(DecimalText.Format(number.ToByteArray(isBigEndian: true), scale)).ShouldBe(expected);
    }

    private static string Date(DateOnly date) => Text(target => TemporalText.Date(date.DayNumber - new DateOnly(1970, 1, 1).DayNumber, target));

    private delegate int Writer(Span<byte> target);

    private static string Text(Writer write)
    {
        Span<byte> target = stackalloc byte[TemporalText.Room];
        return Encoding.ASCII.GetString(target[..write(target)]);
    }
}
