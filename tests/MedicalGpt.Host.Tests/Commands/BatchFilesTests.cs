using MedicalGpt.Host.Commands.Inference;
using MedicalGpt.Host.Tests.Support;
using FileOptions = MedicalGpt.Host.Commands.Inference.FileOptions;

namespace MedicalGpt.Host.Tests.Commands;

/// <summary>Files of generate, logprobs and score.</summary>
public sealed class BatchFilesTests
{
    [Fact]
    public void Kind_is_that_of_both()
    {
        BatchFiles.AreTensors(new FileOptions { Input = "a.safetensors", Output = "b.safetensors" }).ShouldBeTrue();
        BatchFiles.AreTensors(new FileOptions { Input = "a.jsonl", Output = "b.jsonl" }).ShouldBeFalse();
    }

    [Fact]
    public void The_output_does_not_replace_the_input()
    {
        using var folder = new TemporaryFolder();
        var (file, link) = (folder.Write("in.jsonl", "{}"), folder["link.jsonl"]);
        File.CreateSymbolicLink(link, file);
        foreach (var output in new[] { file, folder[Path.Combine("x", "..", "in.jsonl")], link })
        {
            Should.Throw<MedicalGptException>(() => BatchFiles.AreTensors(new FileOptions { Input = file, Output = output })).ToBlock()
                .ShouldBe($"error: The output would replace the input.\n  place:   --output\n  given:   {output}\n  allowed: another file than --input");
        }
    }
}
