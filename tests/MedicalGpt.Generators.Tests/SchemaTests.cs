using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using MedicalGpt.Options;

namespace MedicalGpt.Generators.Tests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("EveryOptions", "every", Sources.EveryType)]
    [InlineData("TrainerOptions", "trainer", Sources.Trainer)]
    [InlineData("DpoOptions", "dpo", Sources.Dpo)]
    public void Schema_read_without_loading_says_the_same_as_the_loaded_descriptor(string type, string name, string source)
    {
        var schema = Metadata(GeneratorRun.Emit(source))[OptionsSchema.MetadataPrefix + name];
        var loaded = Sample.Of(source, "Samples." + type).Descriptor;
        Text(OptionsSchema.Parse(schema)).ShouldBe(Text(loaded));
    }

    [Fact]
    public void Schema_states_types_limits_defaults_and_names()
    {
        using var schema = JsonDocument.Parse(Metadata(GeneratorRun.Emit(Sources.EveryType))["medgpt.schema:every"]);
        string Of(string key) => schema.RootElement.GetProperty("properties").GetProperty(key).GetRawText();
        Of("learning_rate").ShouldBe("""{"type":"number","description":"Learning rate.","default":5e-6,"exclusiveMinimum":0,"maximum":1,"x-kind":"Number","x-aliases":["lr"]}""");
        Of("epochs").ShouldBe("""{"type":"integer","description":"A count of Epochs.","default":3,"minimum":1,"x-kind":"Integer","x-unit":"epochs"}""");
        Of("fallback").ShouldBe("""{"type":["string","null"],"description":"A choice that may be open.","default":null,"enum":["sigmoid","dr_grpo","bnpo",null],"x-kind":"Choice"}""");
        Of("weights").ShouldBe("""{"type":"array","description":"Numbers.","default":[0.5,1],"items":{"type":"number","minimum":0,"maximum":1},"x-kind":"NumberList"}""");
        Of("columns").ShouldBe("""{"type":"object","description":"Names of columns.","additionalProperties":{"type":"string"},"x-kind":"Map"}""");
    }

    [Fact]
    public void Summary_is_plain_text_of_the_doc_comment() =>
        Sample.Of("""
            /// <summary>
            /// Sets <c>x</c> &gt; 0, see <see cref="Loss.Sigmoid"/>
            /// or <see href="https://arxiv.org/abs/2305.18290"/>.<para>Second.</para>
            /// </summary>
            /// <remarks>Not this.</remarks>
            [Options("plain")]
            public sealed partial record PlainOptions;

            /// <summary>L.</summary>
            public enum Loss { Sigmoid }
            """, "PlainOptions").Descriptor.Summary.ShouldBe("Sets x > 0, see Sigmoid or https://arxiv.org/abs/2305.18290. Second.");

    [Fact]
    public void Text_that_is_no_schema_is_refused()
    {
        var error = Should.Throw<MedicalGptException>(() => OptionsSchema.Parse("""{"title":"x"}"""));
        error.ToBlock().ShouldBe("""
            error: The text is not the schema of an options record.
              given:   {"title":"x"}
              remedy:  build the plugin again with the current Plugin SDK
            """);
    }

    private static string Text(OptionsDescriptor descriptor) => JsonSerializer.Serialize(descriptor);

    /// <summary>Assembly metadata by key, read from the file's tables; nothing is loaded.</summary>
    private static Dictionary<string, string> Metadata(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        var reader = file.GetMetadataReader();
        var pairs = new Dictionary<string, string>();
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            var owner = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (reader.GetString(reader.GetTypeReference((TypeReferenceHandle)owner).Name) != "AssemblyMetadataAttribute")
                continue;
            var value = reader.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            pairs.Add(value.ReadSerializedString()!, value.ReadSerializedString()!);
        }

        return pairs;
    }
}
