using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Train;
using MedicalGpt.Host.Tests.Support;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Microsoft.Extensions.DependencyInjection;

namespace MedicalGpt.Host.Tests.Commands.Train;

/// <summary>Encoded rows are kept under all that decides what they are encoded to, and under nothing else.</summary>
public sealed class EncodingKeyTests
{
    [Fact]
    public async Task Another_day_is_another_key_and_another_mixture_of_the_same_rows_is_not()
    {
        await using var host = await TestHost.StartAsync();
        var sft = host.Services.GetRequiredService<InstalledComponents>().Get<IAlgorithm>("sft");
        using var folder = new TemporaryFolder();

        var key = Key("25 Nov 2026");
        Key("25 Nov 2026").ShouldBe(key);
        Key("26 Nov 2026").ShouldNotBe(key);
        Key("25 Nov 2026", "--train-sources", "a.jsonl=2", "b.jsonl", "--mix-strategy", "repeat", "--shuffle-buffer-size", "100").ShouldBe(key);
        Key("25 Nov 2026", "--model-max-length", "77").ShouldNotBe(key);

        string Key(string time, params string[] flags)
        {
            OptionsDescriptor[] records = [sft.Options, DataOptions.Descriptor];
            var resolution = new CommandRequest([CommandLineReader.Read(flags, new OptionSet(records))]).Resolve(records);
            var options = sft.Bind(resolution);
            var plan = new StagePlan("sft", sft, options, new TrainerOptions(), new TrainComponents(null, []), resolution);
            return EncodingKey.Of(plan, sft.Create(options, host.Services), folder.Root, null, time);
        }
    }
}
