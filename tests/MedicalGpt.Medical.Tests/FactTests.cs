using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;

namespace MedicalGpt.Medical.Tests;

public sealed class FactTests
{
    private static readonly IReadOnlyList<Language> Languages = Language.All;

    [Fact]
    public void A_question_has_one_answer()
    {
        var bank = new QuestionBank(Languages);
        foreach (var group in Splits.All.SelectMany(bank.Of).GroupBy(question => question.Text))
            group.Select(question => question.Fact.Answer).Distinct().Count().ShouldBe(1, group.Key);
    }

    [Fact]
    public void Both_languages_ask_the_same_facts()
    {
        var counts = Languages.Select(language => FactTables.Read(language).GroupBy(fact => fact.Kind).Select(group => (group.Key, group.Count())).ToList()).ToList();
        counts[0].ShouldBe(counts[1]);
        counts[0].Select(each => each.Key).ShouldBe(Kinds.All);
    }

    [Fact]
    public void Every_placeholder_is_filled()
    {
        var bank = new QuestionBank(Languages);
        foreach (var fact in bank.Facts)
            foreach (var text in bank.Phrasings.Questions(fact).Concat(bank.Phrasings.Statements(fact)))
                text.ShouldNotContain("{");
    }

    [Fact]
    public void Every_kind_has_eight_questions_and_four_statements_in_each_language()
    {
        var bank = new QuestionBank(Languages);
        foreach (var fact in bank.Facts)
        {
            bank.Phrasings.Questions(fact).Distinct().Count().ShouldBe(8, fact.Id);
            bank.Phrasings.Statements(fact).Distinct().Count().ShouldBe(4, fact.Id);
        }
    }

    // 15 mg/kg x 12 kg = 180 mg; 0.5 g = 500 mg; 0.2 mg = 200 micrograms; glucose 5 mmol/L x 18 = 90 mg/dL; 12 g/dL = 120 g/L; 2.5 kg = 2500 g.
    [Theory]
    [InlineData("dose|en|paracetamol|15|12", "180 mg")]
    [InlineData("unit|en|0.5|g|mg", "500 mg")]
    [InlineData("unit|zh|0.2|毫克|微克", "200微克")]
    [InlineData("unit|en|5|mmol/L glucose|mg/dL", "90 mg/dL")]
    [InlineData("unit|en|12|g/dL haemoglobin|g/L", "120 g/L")]
    [InlineData("unit|zh|2.5|千克|克", "2500克")]
    [InlineData("lab-range|en|potassium|4.0 mmol/L", "normal")]
    [InlineData("lab-range|zh|动脉血pH|7.59", "偏高")]
    [InlineData("icd-chapter|zh|2型糖尿病", "第四章")]
    public void Computed_answers_are_right(string id, string answer) =>
        Languages.SelectMany(FactTables.Read).Single(fact => fact.Id == id).Answer.ShouldBe(answer);

    [Fact]
    public void Bands_of_a_laboratory_test_do_not_meet()
    {
        foreach (var row in Table.Read("labs"))
        {
            double[] Ends(string band) => [.. row[band].Split(' ').Select(double.Parse)];
            Ends("low")[1].ShouldBeLessThan(Ends("normal")[0], row["test_en"]);
            Ends("normal")[1].ShouldBeLessThan(Ends("high")[0], row["test_en"]);
        }
    }
}
