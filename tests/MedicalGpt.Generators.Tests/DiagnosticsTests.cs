namespace MedicalGpt.Generators.Tests;

/// <summary>Every diagnostic: its id, the text it marks, its message.</summary>
public sealed class DiagnosticsTests
{
    [Theory]
    [InlineData("public sealed record A { }", "MGPT001", "A", "Options record 'A' must be partial, so that Bind and Validate can be added to it")]
    [InlineData("public partial record A { }", "MGPT002", "A", "Options type 'A' must be a sealed, top-level, non-generic record class without a parameter list or a base record")]
    [InlineData("public sealed partial record A(int X);", "MGPT002", "A", "Options type 'A' must be a sealed, top-level, non-generic record class without a parameter list or a base record")]
    [InlineData("public sealed partial class A { }", "MGPT002", "A", "Options type 'A' must be a sealed, top-level, non-generic record class without a parameter list or a base record")]
    public void Record_with_the_wrong_shape(string record, string id, string marked, string message) =>
        GeneratorRun.Diagnostics("/// <summary>S.</summary>\n[Options(\"a\")]\n" + record).ShouldBe([(id, marked, message)]);

    [Theory]
    [InlineData("public float X { get; init; }", "MGPT003", "float",
        "Option 'X' has the type 'float'; allowed are bool, int, long, double, string, an enum, their nullable forms, string[], double[], int[] and IReadOnlyDictionary<string, string>")]
    [InlineData("public List<int> X { get; init; } = [];", "MGPT003", "List<int>",
        "Option 'X' has the type 'List<int>'; allowed are bool, int, long, double, string, an enum, their nullable forms, string[], double[], int[] and IReadOnlyDictionary<string, string>")]
    [InlineData("[Range(0, 1)] public double X { get; init; } = 1.5;", "MGPT005", "1.5", "Default 1.5 of option 'X' is outside its own range >= 0 and <= 1")]
    [InlineData("[Range(0, 1, MinExclusive = true)] public double X { get; init; }", "MGPT005", "X", "Default 0 of option 'X' is outside its own range > 0 and <= 1")]
    [InlineData("[Range(1, int.MaxValue)] public int X { get; init; }", "MGPT005", "X", "Default 0 of option 'X' is outside its own range >= 1")]
    [InlineData("[Range(0, 1)] public int[] X { get; init; } = [0, 2];", "MGPT005", "[0, 2]", "Default 0,2 of option 'X' is outside its own range >= 0 and <= 1")]
    [InlineData("public double X { get; init; } = System.Math.Sqrt(2);", "MGPT008", "System.Math.Sqrt(2)",
        "Default of option 'X' must be a constant, an enum member, a list of constants or an empty map, so that help and schema can state it")]
    [InlineData("public string[] X { get; init; } = System.Environment.GetCommandLineArgs();", "MGPT008", "System.Environment.GetCommandLineArgs()",
        "Default of option 'X' must be a constant, an enum member, a list of constants or an empty map, so that help and schema can state it")]
    [InlineData("[Range(0, 1)] public string X { get; init; } = \"\";", "MGPT009", "Range(0, 1)", "Attribute 'Range' on option 'X' does not fit: only numbers have a range")]
    [InlineData("[Range(1, 0)] public int X { get; init; }", "MGPT009", "Range(1, 0)", "Attribute 'Range' on option 'X' does not fit: its minimum is above its maximum")]
    [InlineData("[AllowedValues(\"a\")] public int X { get; init; }", "MGPT009", "AllowedValues(\"a\")",
        "Attribute 'AllowedValues' on option 'X' does not fit: only texts have allowed values; an enum names its own")]
    [InlineData("[PathExists] public bool X { get; init; }", "MGPT009", "PathExists", "Attribute 'PathExists' on option 'X' does not fit: only a text is a path")]
    [InlineData("public int X { get; set; }", "MGPT010", "X", "Option 'X' must be '{ get; init; }' and not 'required' (use [Required])")]
    [InlineData("public required int X { get; init; }", "MGPT010", "X", "Option 'X' must be '{ get; init; }' and not 'required' (use [Required])")]
    [InlineData("[OptionName(\"Top-K\")] public int X { get; init; }", "MGPT011", "X", "'Top-K' must be snake_case: lower-case letters, digits and single underscores, beginning with a letter")]
    [InlineData("[Alias(\"topK\")] public int X { get; init; }", "MGPT011", "Alias(\"topK\")", "'topK' must be snake_case: lower-case letters, digits and single underscores, beginning with a letter")]
    [InlineData("[AllowedValues(\"a\", \"b\")] public string X { get; init; } = \"c\";", "MGPT012", "\"c\"", "Default 'c' of option 'X' is not one of its allowed values: a, b")]
    public void Option_that_is_wrong(string property, string id, string marked, string message) =>
        GeneratorRun.Diagnostics(Record("/// <summary>X.</summary>\n" + property)).ShouldBe([(id, marked, message)]);

    [Fact]
    public void Two_options_with_one_key() =>
        GeneratorRun.Diagnostics(Record("""
            /// <summary>X.</summary>
            public int TopK { get; init; }
            /// <summary>Y.</summary>
            [OptionName("top_k")] public int Best { get; init; }
            """)).ShouldBe([("MGPT004", "Best", "Options 'Best' and 'TopK' have the same key 'top_k'")]);

    [Theory]
    [InlineData("")]
    [InlineData("/// <summary> </summary>")]
    [InlineData("/// <remarks>Long.</remarks>")]
    public void Option_without_a_summary(string comment) =>
        GeneratorRun.Diagnostics(Record(comment + "\npublic int X { get; init; }")).ShouldBe([("MGPT006", "X", "'X' needs a <summary>: it is the help text")]);

    [Fact]
    public void Record_without_a_summary() =>
        GeneratorRun.Diagnostics("[Options(\"a\")] public sealed partial record A { }").ShouldBe([("MGPT006", "A", "'A' needs a <summary>: it is the help text")]);

    [Fact]
    public void Alias_that_is_a_later_key_or_another_alias() =>
        GeneratorRun.Diagnostics(Record("""
            /// <summary>X.</summary>
            [Alias("beta", "kl")] public double X { get; init; }
            /// <summary>Y.</summary>
            [Alias("kl")] public double Beta { get; init; }
            """)).ShouldBe(
            [
                ("MGPT007", "Alias(\"beta\", \"kl\")", "Alias 'beta' of option 'X' is already a name of option 'Beta'"),
                ("MGPT007", "Alias(\"kl\")", "Alias 'kl' of option 'Beta' is already a name of option 'X'"),
            ]);

    [Fact]
    public void Options_name_that_is_not_snake_case() =>
        GeneratorRun.Diagnostics("/// <summary>S.</summary>\n[Options(\"My-Dpo\")] public sealed partial record A { }")
            .ShouldBe([("MGPT011", "Options(\"My-Dpo\")", "'My-Dpo' must be snake_case: lower-case letters, digits and single underscores, beginning with a letter")]);

    [Fact]
    public void Two_records_with_one_name() =>
        GeneratorRun.Diagnostics("""
            /// <summary>S.</summary>
            [Options("a")] public sealed partial record First { }
            /// <summary>S.</summary>
            [Options("a")] public sealed partial record Second { }
            """).ShouldBe([("MGPT013", "Options(\"a\")", "Options records 'First' and 'Second' are both named 'a'")]);

    [Fact]
    public void Stage_default_for_an_own_key_or_of_an_unsupported_type() =>
        GeneratorRun.Diagnostics("""
            /// <summary>S.</summary>
            [Options("a")]
            [StageDefault("x", 1)]
            [StageDefault("y", typeof(int))]
            [Preset("trl", "z", new[] { 1 })]
            public sealed partial record A
            {
                /// <summary>X.</summary>
                public int X { get; init; }
            }
            """).ShouldBe(
            [
                ("MGPT014", "StageDefault(\"x\", 1)", "Stage default for 'x' on 'A' names the record's own option; write the default as the property's initializer"),
                ("MGPT015", "StageDefault(\"y\", typeof(int))", "Value for key 'y' on 'A' must be a bool, a number, a text or an enum member"),
                ("MGPT015", "Preset(\"trl\", \"z\", new[] { 1 })", "Value for key 'z' on 'A' must be a bool, a number, a text or an enum member"),
            ]);

    [Fact]
    public void Sound_records_have_no_diagnostics()
    {
        GeneratorRun.Diagnostics(Sources.EveryType).ShouldBeEmpty();
        GeneratorRun.Diagnostics(Sources.Trainer).ShouldBeEmpty();
        GeneratorRun.Diagnostics(Sources.Dpo).ShouldBeEmpty();
    }

    private static string Record(string properties) => $$"""
        /// <summary>S.</summary>
        [Options("a")]
        public sealed partial record A
        {
        {{properties}}
        }
        """;
}
