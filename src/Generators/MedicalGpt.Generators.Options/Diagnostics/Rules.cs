using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Options.Diagnostics;

/// <summary>Every diagnostic of the options generator. Ids are never reused; each has a page in docs/diagnostics.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Rule("MGPT001", "Options record is not partial",
        "Options record '{0}' must be partial, so that Bind and Validate can be added to it");

    public static readonly DiagnosticDescriptor WrongShape = Rule("MGPT002", "Options type has the wrong shape",
        "Options type '{0}' must be a sealed, top-level, non-generic record class without a parameter list or a base record");

    public static readonly DiagnosticDescriptor UnsupportedType = Rule("MGPT003", "Option has an unsupported type",
        "Option '{0}' has the type '{1}'; allowed are bool, int, long, double, string, an enum, their nullable forms, string[], double[], int[] and IReadOnlyDictionary<string, string>");

    public static readonly DiagnosticDescriptor DuplicateKey = Rule("MGPT004", "Two options have one key",
        "Options '{0}' and '{1}' have the same key '{2}'");

    public static readonly DiagnosticDescriptor DefaultOutsideRange = Rule("MGPT005", "Default is outside the range",
        "Default {1} of option '{0}' is outside its own range {2}");

    public static readonly DiagnosticDescriptor EmptySummary = Rule("MGPT006", "Summary is missing",
        "'{0}' needs a <summary>: it is the help text");

    public static readonly DiagnosticDescriptor AliasClash = Rule("MGPT007", "Alias is taken",
        "Alias '{1}' of option '{0}' is already a name of option '{2}'");

    public static readonly DiagnosticDescriptor NonConstantDefault = Rule("MGPT008", "Default is not a constant",
        "Default of option '{0}' must be a constant, an enum member, a list of constants or an empty map, so that help and schema can state it");

    public static readonly DiagnosticDescriptor AttributeDoesNotFit = Rule("MGPT009", "Attribute does not fit the option",
        "Attribute '{1}' on option '{0}' does not fit: {2}");

    public static readonly DiagnosticDescriptor NotInitOnly = Rule("MGPT010", "Option is not a get-init property",
        "Option '{0}' must be '{{ get; init; }}' and not 'required' (use [Required])");

    public static readonly DiagnosticDescriptor InvalidName = Rule("MGPT011", "Name is not snake_case",
        "'{0}' must be snake_case: lower-case letters, digits and single underscores, beginning with a letter");

    public static readonly DiagnosticDescriptor DefaultNotAllowed = Rule("MGPT012", "Default is not an allowed value",
        "Default '{1}' of option '{0}' is not one of its allowed values: {2}");

    public static readonly DiagnosticDescriptor DuplicateRecord = Rule("MGPT013", "Two options records have one name",
        "Options records '{0}' and '{1}' are both named '{2}'");

    public static readonly DiagnosticDescriptor OwnKeyDefault = Rule("MGPT014", "Stage default for an own key",
        "Stage default for '{1}' on '{0}' names the record's own option; write the default as the property's initializer");

    public static readonly DiagnosticDescriptor ValueNotConstant = Rule("MGPT015", "Value has an unsupported type",
        "Value for key '{1}' on '{0}' must be a bool, a number, a text or an enum member");

    public static DiagnosticDescriptor ById(string id) => All.First(rule => rule.Id == id);

    private static readonly DiagnosticDescriptor[] All =
    [
        NotPartial, WrongShape, UnsupportedType, DuplicateKey, DefaultOutsideRange, EmptySummary, AliasClash, NonConstantDefault,
        AttributeDoesNotFit, NotInitOnly, InvalidName, DefaultNotAllowed, DuplicateRecord, OwnKeyDefault, ValueNotConstant,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "MedicalGpt.Options", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: "docs/diagnostics/" + id + ".md");
}
