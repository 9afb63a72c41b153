using System.Globalization;

namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>Turns the embedded tables into facts, in table order.</summary>
internal static class FactTables
{
    /// <summary>All facts of a language, kind by kind.</summary>
    public static IEnumerable<Fact> Read(Language language) =>
    [
        .. Lookup(Kinds.DrugClass, "drugs", language, "drug_" + language.Code, "class_" + language.Code),
        .. Lookup(Kinds.IcdChapter, "diagnoses", language, "diagnosis_" + language.Code, "chapter_" + language.Code),
        .. LabValues.Facts(language),
        .. Doses(language),
        .. Units(language),
        .. Lookup(Kinds.Abbreviation, "abbreviations", language, "abbreviation", "meaning_" + language.Code),
        .. Lookup(Kinds.Organ, "organs", language, "condition_" + language.Code, "organ_" + language.Code),
    ];

    private static IEnumerable<Fact> Lookup(string kind, string table, Language language, string subject, string answer) =>
        Table.Read(table).Select(row => new Fact(kind, language, [row[subject]], row[answer], ""));

    private static IEnumerable<Fact> Doses(Language language) =>
        from row in Table.Read("doses")
        from weight in row["weights_kg"].Split(' ')
        let dose = Number(row["mg_per_kg"]) * Number(weight)
        select new Fact(Kinds.Dose, language, [row["drug_" + language.Code], row["mg_per_kg"], weight], Text(dose) + " mg", "mg");

    private static IEnumerable<Fact> Units(Language language) =>
        from row in Table.Read("units")
        from value in row["values"].Split(' ')
        let unit = row["to_" + language.Code]
        let answer = Text(Number(value) * Number(row["factor"])) + (char.IsAscii(unit[0]) ? " " : "") + unit
        select new Fact(Kinds.Unit, language, [value, row["from_" + language.Code], unit], answer, row["to_en"]);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
