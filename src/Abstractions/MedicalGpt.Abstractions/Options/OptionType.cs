namespace MedicalGpt.Options;

/// <summary>Type of an option's value as a user sees it.</summary>
public enum OptionType
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A double-precision number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>One of the names of an enum.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A list of numbers.</summary>
    NumberList,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>Texts by name, given as <c>--key.name=text</c>.</summary>
    Map,
}
