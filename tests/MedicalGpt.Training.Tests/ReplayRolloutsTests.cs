namespace MedicalGpt.Training.Tests;

public sealed class ReplayRolloutsTests
{
    private static readonly SamplingOptions Sampling = new(8);

    [Fact]
    public async Task Answers_to_a_prompt_come_in_the_order_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("rollouts.jsonl");
        await File.WriteAllTextAsync(path, """
            {"prompt_ids":[1,2],"completion_ids":[3],"finished":false}
            {"prompt_ids":[9],"completion_ids":[4]}

            {"prompt_ids":[1,2],"completion_ids":[5,6]}
            """);

        var answers = await new ReplayRollouts(path).GenerateAsync([[9], [1, 2], [1, 2]], Sampling, default);

        answers.Select(a => a.CompletionIds).ShouldBe([[4], [3], [5, 6]]);
        answers.Select(a => a.Finished).ShouldBe([true, false, true]);
    }

    [Fact]
    public async Task An_unknown_prompt_and_a_bad_line_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("rollouts.jsonl");
        await File.WriteAllTextAsync(path, """{"prompt_ids":[1],"completion_ids":[2]}""");
        var replay = new ReplayRollouts(path);
        await replay.GenerateAsync([[1]], Sampling, default);
        (await Should.ThrowAsync<MedicalGptException>(async () => await replay.GenerateAsync([[1]], Sampling, default)))
            .Message.ShouldBe($"{path} has no recorded answer left for prompt 0 of this collection (1 tokens, ids 1 …); record one line per answer that the run asks for");

        await File.WriteAllTextAsync(path, "{\"prompt_ids\":[1],\"completion_ids\":[2]}\n{\"prompt_ids\":\"x\"}");
        Should.Throw<MedicalGptException>(() => new ReplayRollouts(path)).Message.ShouldStartWith($"{path}:2: not a recorded answer");
    }
}
