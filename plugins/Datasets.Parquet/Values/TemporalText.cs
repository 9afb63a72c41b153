using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>Writes dates and times as ISO 8601 does, like Python's isoformat: the fraction has no, six or nine digits. Years outside 0 to 9999 have a sign.</summary>
internal static class TemporalText
{
    /// <summary>Enough room for every result.</summary>
    public const int Room = 64;

    private const long SecondsOfDay = 86_400;
    private const int JulianDayOf1970 = 2_440_588;

    /// <summary>A date.</summary>
    public static int Date(long days, Span<byte> target)
    {
        var at = 0;
        AddDate(days, target, ref at);
        return at;
    }

    /// <summary>A time of day; outside a day it has more hours, or a sign.</summary>
    public static int Time(long value, TimeUnit unit, Span<byte> target)
    {
        var at = 0;
        if (value < 0)
            target[at++] = (byte)'-';
        var magnitude = (ulong)Math.Abs((decimal)value);
        AddTime((long)(magnitude / (ulong)unit), (long)(magnitude % (ulong)unit) * (1_000_000_000 / (long)unit), target, ref at);
        return at;
    }

    /// <summary>A point in time since 1970-01-01.</summary>
    public static int Timestamp(long value, TimeUnit unit, bool utc, Span<byte> target)
    {
        var (seconds, fraction) = Floor(value, (long)unit);
        return Timestamp(seconds, fraction * (1_000_000_000 / (long)unit), utc, target);
    }

    /// <summary>A point in time as Julian day and nanoseconds of the day. As in Spark, which writes these, the sum is of 64 bits of microseconds and wraps around there.</summary>
    public static int JulianTimestamp(int day, long nanoseconds, Span<byte> target)
    {
        var (microseconds, rest) = Floor(nanoseconds, 1000);
        var (seconds, fraction) = Floor(unchecked((((long)day - JulianDayOf1970) * SecondsOfDay * 1_000_000) + microseconds), 1_000_000);
        return Timestamp(seconds, (fraction * 1000) + rest, utc: false, target);
    }

    private static int Timestamp(long seconds, long nanoseconds, bool utc, Span<byte> target)
    {
        var (days, second) = Floor(seconds, SecondsOfDay);
        var at = 0;
        AddDate(days, target, ref at);
        target[at++] = (byte)'T';
        AddTime(second, nanoseconds, target, ref at);
        if (utc)
        {
            "+00:00"u8.CopyTo(target[at..]);
            at += 6;
        }

        return at;
    }

    /// <summary>Days since 1970-01-01 to year, month and day of the Gregorian calendar, carried on in both directions: 400 years have 146,097 days, and a year that begins in March ends with the leap day.</summary>
    private static void AddDate(long days, Span<byte> target, ref int at)
    {
        var (era, dayOfEra) = Floor(days + 719_468, 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        if (year is < 0 or > 9999)
            target[at++] = (byte)(year < 0 ? '-' : '+');
        Add(Math.Abs(year), 4, target, ref at);
        target[at++] = (byte)'-';
        Add(month, 2, target, ref at);
        target[at++] = (byte)'-';
        Add(day, 2, target, ref at);
    }

    private static void AddTime(long seconds, long nanoseconds, Span<byte> target, ref int at)
    {
        Add(seconds / 3600, 2, target, ref at);
        target[at++] = (byte)':';
        Add(seconds / 60 % 60, 2, target, ref at);
        target[at++] = (byte)':';
        Add(seconds % 60, 2, target, ref at);
        if (nanoseconds == 0)
            return;
        target[at++] = (byte)'.';
        if (nanoseconds % 1000 == 0)
            Add(nanoseconds / 1000, 6, target, ref at);
        else
            Add(nanoseconds, 9, target, ref at);
    }

    private static void Add(long number, int atLeast, Span<byte> target, ref int at)
    {
        var digits = 1;
        for (var rest = number / 10; rest > 0; rest /= 10)
            digits++;
        digits = Math.Max(digits, atLeast);
        for (var i = digits - 1; i >= 0; i--, number /= 10)
            target[at + i] = (byte)('0' + (number % 10));
        at += digits;
    }

    private static Division Floor(long value, long divisor)
    {
        var (quotient, rest) = Math.DivRem(value, divisor);
        return rest < 0 ? new(quotient - 1, rest + divisor) : new(quotient, rest);
    }

    private readonly record struct Division(long Quotient, long Rest);
}
