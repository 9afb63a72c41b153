using System.Text;

namespace MedicalGpt.DataChecks.Tests;

public sealed class MojibakeTests
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!, Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly string[] Good =
    [
        "高血压患者应当限制钠盐的摄入，并在医生指导下用药。", "The patient's temperature was 38.5 °C — “high” — naïve café, Größe, Ångström.", "Le bilan sanguin a été prélevé à jeun : « normal »", "王璇说：胃溃疡是消化系统的常见病，多发于胃角。",
        "Пациент жалуется на боль.", "ÄÖÜ äöü ß ñ ç", "α-受体 β₂ 5×10⁹/L ± 0.3 µg", "SÃO PAULO, AÇÃO",
    ];

    public static TheoryData<string> GoodTexts => [.. Good];

    [Theory]
    [MemberData(nameof(GoodTexts))]
    public void Good_text_is_left_alone(string text)
    {
        Mojibake.AsLatin1(text).ShouldBe(-1);
        Mojibake.AsGbk(text).ShouldBe(-1);
    }

    [Theory]
    [InlineData("高血压患者应当限制钠盐的摄入，并在医生指导下用药。")]
    [InlineData("The patient’s temperature")]
    [InlineData("naïve café")]
    public void Utf8_read_as_latin1_is_found(string text)
    {
        Mojibake.AsLatin1(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))).ShouldBeGreaterThanOrEqualTo(0);
        Mojibake.AsLatin1(Windows1252.GetString(Encoding.UTF8.GetBytes(text))).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("高血压患者应当限制钠盐的摄入，并在医生指导下用药。")]
    [InlineData("你好，我的孩子发烧了，请问应该怎么办？")]
    [InlineData("手持两把锟斤拷")]
    public void Utf8_read_as_gbk_is_found(string text) =>
        Mojibake.AsGbk(text.Contains('锟') ? text : Gbk.GetString(Encoding.UTF8.GetBytes(text))).ShouldBeGreaterThanOrEqualTo(0);

    [Fact]
    public void Findings_show_the_text_around()
    {
        var report = Rows.Check([Rows.Text("ein \uFFFDpfel", 4), Rows.Text("bell \u0007", 5), Rows.Text("fine", 6), Rows.Text("fine too", 7)]);
        report.Find("replacement_characters")!.First[0].ToString().ShouldBe("a.jsonl:4 (text: …ein \uFFFDpfel…)");
        report.Find("control_characters")!.First[0].ToString().ShouldBe("a.jsonl:5 (text: U+0007)");
    }
}
