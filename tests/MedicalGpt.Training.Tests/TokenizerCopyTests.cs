namespace MedicalGpt.Training.Tests;

public sealed class TokenizerCopyTests
{
    [Fact]
    public void Files_of_two_tokenizers_do_not_mix()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "adapter", "tokenizer.json");
        Write(folder, "base", "tokenizer.json", "chat_template.jinja", "generation_config.json");
        Directory.CreateDirectory(folder.At("out"));

        TokenizerCopy.Copy(folder.At("adapter"), folder.At("out"));
        TokenizerCopy.Copy(folder.At("base"), folder.At("out"));

        File.ReadAllText(folder.At("out/tokenizer.json")).ShouldBe("adapter");
        File.ReadAllText(folder.At("out/generation_config.json")).ShouldBe("base");
        File.Exists(folder.At("out/chat_template.jinja")).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_without_a_tokenizer_gets_the_next_one()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "adapter", "adapter_config.json");
        Write(folder, "base", "tokenizer.json", "chat_template.jinja", "additional_chat_templates/tool_use.jinja");
        Directory.CreateDirectory(folder.At("out"));

        TokenizerCopy.Copy(folder.At("adapter"), folder.At("out"));
        TokenizerCopy.Copy(folder.At("base"), folder.At("out"));

        Directory.EnumerateFiles(folder.At("out"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order().ShouldBe(["chat_template.jinja", "tokenizer.json", "tool_use.jinja"]);
    }

    [Fact]
    public void Nothing_in_a_source_is_in_the_way()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "out", "tokenizer.json", "generation_config.json", "notes.txt");

        TokenizerCopy.Earlier(folder.At("out"), null, folder.At("out/")).ShouldBeEmpty();
        TokenizerCopy.Earlier(folder.At("out"), folder.At("base")).ShouldBe(["tokenizer.json", "generation_config.json"]);
    }

    private static void Write(TemporaryFolder folder, string under, params string[] names)
    {
        foreach (var path in names.Select(name => folder.At(Path.Combine(under, name))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, under);
        }
    }
}
