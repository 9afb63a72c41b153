using System.Text.Json.Nodes;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands.Plan;

/// <summary><c>medgpt plan</c> as a user calls it.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public PlanCommandTests() => _model = ConfigOnly.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--optim adamw_8bit")]
    [InlineData("--optim adamw_8bit --load_in_4bit True --bnb_4bit_compute_dtype float32")]
    public async Task A_change_costs_what_it_is_said_to_cost(string given)
    {
        var flags = Pairs("--per_device_train_batch_size 1 --use_peft True --gradient_checkpointing True " + given);
        var (start, _) = await PlanAsync(flags);
        // Just under the present peak: something must change.
        var (plan, code) = await PlanAsync(new Dictionary<string, string>(flags) { ["--memory"] = $"{(long)start["peak_bytes"]!.GetValue<double>() / 1000 / 1e3}MB" });
        code.ShouldBe(0);
        var change = string.Join(' ', plan["change"]!.AsArray().Select(flag => flag!.GetValue<string>()));
        change.ShouldNotBeEmpty();
        foreach (var (flag, value) in Pairs(change))
            flags[flag] = value;
        var (changed, _) = await PlanAsync(flags);
        changed["peak_bytes"]!.GetValue<double>().ShouldBe(plan["peak_bytes_after_change"]!.GetValue<double>(), 1, $"with {change}");
    }

    [Theory]
    [InlineData("--bnb_4bit_compute_dtype float32 --bf16 True", "", 4)]
    [InlineData("--bnb_4bit_compute_dtype bfloat16", "--bf16 True", 2)]
    [InlineData("--bnb_4bit_compute_dtype float16 --precision bf16", "--precision fp16", 2)]
    public async Task The_compute_type_of_packed_weights_wins_over_the_precision(string given, string same, int stored)
    {
        const string Common = "--use_peft True --load_in_4bit True --card a100-80 ";
        var (plan, _) = await PlanAsync(Pairs(Common + given));
        // A layer's matrices: q and o 2 · 256 · 256, k and v 2 · 128 · 256, MLP 3 · 1,024 · 256 = 983,040, of 4 + 8/64 + 32/(64 · 256) bits; eight layers.
        // Not packed: embedding 2,000 · 256, norms (2 · 8 + 1) · 256.
        plan["parts"]!["weights"]!.GetValue<double>().ShouldBe((983_040 * 4.126953125) + (stored * (512_000 + (17 * 256))));
        plan.ToJsonString().ShouldBe((await PlanAsync(Pairs(Common + same))).Plan.ToJsonString());
    }

    [Fact]
    public async Task A_compute_type_that_is_none_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("plan", "--method", "sft", "--model", _model, "--load_in_4bit", "True", "--bnb_4bit_compute_dtype", "int8")).ShouldMatch("--bnb-4bit-compute-dtype: given 'int8' .*allowed: .*float32.*bfloat16");
    }

    [Theory]
    [InlineData("1", "has no unit", "\n  remedy:  write the unit behind the number: --memory 1GiB")]
    [InlineData("0GiB", "is not understood", "")]
    [InlineData("12 apples", "is not understood", "")]
    public async Task A_size_needs_a_unit(string given, string what, string remedy)
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("plan", "--method", "sft", "--model", _model, "--memory", given)).ShouldBe(
            $"error: The quantity {what}.\n  place:   --memory\n  given:   {given}\n  allowed: a number above 0 with a unit: GiB or GB, MiB or MB, for example 12GiB{remedy}");
    }

    [Fact]
    public async Task Where_nothing_fits_the_exit_code_says_so()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("plan", "--method", "sft", "--model", _model, "--device", "cpu", "--memory", "12MiB")).ShouldBe(2);
        host.Terminal.Text.ShouldContain("does not fit in 12.6 MB"); // 12 · 1,048,576 bytes
        host.Terminal.Text.ReplaceLineEndings(" ").ShouldContain("nothing fits: of all combinations of checkpointing");
        (await PlanAsync(Pairs("--memory 12MiB"))).Code.ShouldBe(2);
        (await PlanAsync(Pairs("--memory 100GB"))).Code.ShouldBe(0);
    }

    // A collection of 4 · 2 answers is learned from four times (num_ppo_epochs): 64 answers are 8 collections, 32 updates.
    [Theory]
    [InlineData("--total_episodes 64", 32)]
    [InlineData("--total_episodes 64 --rows 1000", 32)]
    [InlineData("--rows 16 --num_train_epochs 2", 16)]
    [InlineData("--total_episodes 64 --max_steps 3", 3)]
    public async Task A_run_is_as_long_as_training_makes_it(string given, double updates)
    {
        const string Common = "--reward_source functions --reward_functions length-penalty --per_device_train_batch_size 4 --gradient_accumulation_steps 2 --card a100-80 ";
        var (plan, _) = await PlanAsync(Pairs(Common + given), "ppo");
        plan["updates"]!.GetValue<double>().ShouldBe(updates);
    }

    private static Dictionary<string, string> Pairs(string flags) => flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private async Task<(JsonNode Plan, int Code)> PlanAsync(Dictionary<string, string> flags, string method = "sft")
    {
        await using var host = await TestHost.StartAsync();
        var code = await host.RunAsync(["plan", "--method", method, "--model", _model, "--device", "cpu", "--json", .. flags.SelectMany(pair => new[] { pair.Key, pair.Value })]);
        return (JsonNode.Parse(host.Terminal.Text)!, code);
    }
}
