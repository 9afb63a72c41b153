namespace MedicalGpt.Generators.Options.Model;

/// <summary>Type of an option; the names are those of the run-time OptionType.</summary>
internal enum ValueKind
{
    Boolean,
    Integer,
    Long,
    Number,
    Text,
    Choice,
    TextList,
    NumberList,
    IntegerList,
    Map,
}
