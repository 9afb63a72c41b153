using MedicalGpt.Training.Templates;

namespace MedicalGpt.Text.Tests.Templates;

/// <summary>Encoded rows of templates that write the date are kept for that date only.</summary>
public sealed class TimeKeyTests
{
    private const string Llama = "{%- if not date_string is defined %}{%- if strftime_now is defined %}{%- set date_string = strftime_now(\"%d %b %Y\") %}{%- endif %}{%- endif %}Today Date: {{ date_string }}";

    [Theory]
    [InlineData(Llama, "25 Nov 2026", "26 Nov 2026")]
    [InlineData("{{ strftime_now('%Y') }}{{ strftime_now( '%Y' ) }}", "2026", "2026")]
    [InlineData("{{ messages[0].content }}", "", "")]
    public void The_key_is_what_the_template_writes(string template, string first, string next) =>
        (Key(template, 0), Key(template, 1)).ShouldBe((first, next));

    [Fact]
    public void Rows_of_one_day_have_one_key() => Key(Llama, 0.1).ShouldBe(Key(Llama, 0.2));

    [Theory]
    [InlineData("{% set f = '%Y' %}{{ strftime_now(f) }}")]
    [InlineData("{% set now = strftime_now %}{{ now('%Y') }}")]
    [InlineData("{{ strftime_now('%Y\\n') }}")]
    public void A_format_that_is_not_written_out_never_gives_the_same(string template) => Key(template, 0.1).ShouldNotBe(Key(template, 0.2));

    private static string Key(string template, double days) => new JinjaChatTemplate(template, "test").TimeKey(new Clock(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero).AddDays(days)));

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
