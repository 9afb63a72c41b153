using MedicalGpt.Tests;
using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Models with packed linear layers: products and gradients, memory, files, adapters on them.</summary>
[Trait("Device", "any")]
public sealed class QuantizedModelTests
{
    private static readonly string Source = Path.Combine(Golden.Root, "models/qwen2_untied_sharded/model");

    public static TheoryData<QuantizationType, bool> Types => new() { { QuantizationType.Nf4, true }, { QuantizationType.Nf4, false }, { QuantizationType.Fp4, true }, { QuantizationType.Int8, false } };

    [Theory]
    [InlineData(QuantizationType.Nf4, 70, 48)]
    [InlineData(QuantizationType.Nf4, 1100, 1000)]
    [InlineData(QuantizationType.Fp4, 1100, 1024)]
    [InlineData(QuantizationType.Int8, 1100, 1000)]
    public void A_product_and_its_gradient_are_those_of_the_unpacked_weight(QuantizationType type, int outputs, int inputs)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(5);
        var dense = randn([outputs, inputs], generator: generator).mul(0.05);
        using var weight = new ModelParameter("w", [outputs, inputs]);
        weight.Set(Pack(dense, type, 0));
        var plain = weight.Full();
        Tensor[] x = [.. Enumerable.Range(0, 2).Select(_ => randn([9, inputs], generator: new Generator(6)).requires_grad_())];
        var (packed, full) = (weight.Multiply(x[0], ScalarType.Float32, null), nn.functional.linear(x[1], plain));
        Check.Close(packed, full, 1e-5, 1e-5, "product");
        var slope = randn([9, outputs], generator: generator);
        packed.mul(slope).sum().backward();
        full.mul(slope).sum().backward();
        Check.Close(x[0].grad!, x[1].grad!, 1e-5, 1e-6, "gradient");
    }

    [Fact]
    public void No_more_than_a_tile_of_the_weight_is_unpacked_at_once()
    {
        using var scope = NewDisposeScope();
        using var weight = new ModelParameter("w", [4096, 2048]);
        using (NewDisposeScope())
            weight.Set(FourBitMatrix.Pack(randn([4096, 2048]).mul(0.02), QuantizationType.Nf4, true));
        // 8,388,608 weights in 4.127 bits: codes, one byte for 64 of them, and four for 16,384.
        weight.Bytes.ShouldBe(4194304 + 131072 + 512 * 4);
        var x = randn([16, 2048]).requires_grad_();
        var before = TensorMemory.LiveBytes;
        TensorMemory.ResetPeak();
        weight.Multiply(x, ScalarType.Float32, null).sum().backward();
        // The whole weight would be 33.5 MB; a tile is 4 MB, with its scales and products.
        (TensorMemory.PeakBytes - before).ShouldBeLessThan(8L << 20);
    }

    [Fact]
    public void Columns_with_outliers_are_exact()
    {
        using var scope = NewDisposeScope();
        // Row scales 127 and 254, so weights are exact; x has one outlier column.
        using var matrix = new Int8Matrix(tensor(new sbyte[] { 127, 1, 2, 3, -127, 5 }, [2, 3]), tensor(new[] { 127f, 254f }), 6);
        var x = tensor(new[] { 100.3f, 1f, -0.5f }, [1, 3]);
        // 100.3 in full; 1 and -0.5 as 127 and -64 (63.5 to even) of 1/127.
        var rounded = -64f / 127;
        Check.Host(matrix.Multiply(x)!).ShouldBe([100.3f * 127 + 1 + 2 * rounded, 100.3f * 6 - 254 + 10 * rounded], 1e-2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Weights_are_packed_while_they_are_loaded_and_never_whole(QuantizationType type, bool nested)
    {
        using var folder = new TemporaryFolder();
        using (var big = Models.Random(layers: 6, hidden: 256, options: new LoadOptions { Seed = 3 }))
            ModelFolder.Save(big, folder.Path);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TensorMemory.LiveBytes;
        TensorMemory.ResetPeak();
        using var model = Models.Folder.LoadCausal(folder.Path, new LoadOptions { Device = TestDevice.Name, Quantization = new QuantizationOptions { Type = type, DoubleQuantization = nested } });
        var (peak, final) = (TensorMemory.PeakBytes - before, TensorMemory.LiveBytes - before);
        // One matrix of 512 x 256 in fp32 and what packing it takes: at most five times its 0.5 MB. All of them in fp32 are 14 MB.
        (peak - final).ShouldBeLessThan(3L << 20);
        final.ShouldBeLessThan(type == QuantizationType.Int8 ? 5L << 20 : 3L << 20);
        model.Parameters.Where(p => p.IsPacked).Select(p => p.Name.Split('.')[^2]).Distinct().Order().ShouldBe(["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_packed_folder_computes_the_same_as_packing_while_loading(QuantizationType type, bool nested)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var folder = new TemporaryFolder();
        using var packed = Models.Folder.LoadCausal(Source, new LoadOptions { Device = TestDevice.Name, Quantization = new QuantizationOptions { Type = type, DoubleQuantization = nested } });
        ModelFolder.Save(packed, folder.Path);
        var config = JsonNode.Parse(File.ReadAllText(folder.At("config.json")))!["quantization_config"]!;
        ((bool)config["load_in_4bit"]!).ShouldBe(type != QuantizationType.Int8);
        using var again = Models.Folder.LoadCausal(folder.Path, Models.OnDevice());
        again.Parameters.Count(p => p.IsPacked).ShouldBe(28);
        Check.Host(Logits(again)).ShouldBe(Check.Host(Logits(packed)));
        using var second = new TemporaryFolder();
        ModelFolder.Save(again, second.Path);
        foreach (var file in Directory.EnumerateFiles(folder.Path))
            File.ReadAllBytes(second.At(Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), Path.GetFileName(file));
        using var full = Models.Folder.LoadCausal(folder.Path, new LoadOptions { Device = TestDevice.Name, Dequantize = true });
        full.Parameters.ShouldNotContain(p => p.IsPacked);
        if (type != QuantizationType.Int8)
            Check.Close(Logits(full), Logits(packed), 1e-4, 0, "unpacked");
    }

    [Fact]
    public void An_adapter_learns_on_a_packed_base_as_on_the_same_base_unpacked()
    {
        using var scope = NewDisposeScope();
        var options = new LoadOptions { Quantization = new QuantizationOptions(), NewAdapter = new LoraOptions { Initialization = LoraInitialization.Random } };
        using var packed = Models.Folder.LoadCausal(Source, options);
        using var full = Models.Folder.LoadCausal(Source, options with { Dequantize = true });
        foreach (var checkpointing in new[] { false, true })
        {
            packed.GradientCheckpointing = checkpointing;
            foreach (var model in new[] { packed, full })
                model.Read(Layout(), ReadoutRequest.LogProbsOnly).LogProbs.mean().neg().backward();
            foreach (var (mine, its) in packed.TrainableParameters().Zip(full.TrainableParameters()))
            {
                mine.Value.grad!.abs().max().item<float>().ShouldBeGreaterThan(0, mine.Name);
                Check.Close(mine.Value.grad!, its.Value.grad!, 1e-6, 1e-4, mine.Name);
                (mine.Value.grad, its.Value.grad) = (null, null);
            }
        }

        Should.Throw<MedicalGptException>(() => packed.SetTrained(true)).Message.ShouldContain("quantised");
    }

    [Fact]
    public void Other_ways_of_packing_are_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Source))
            File.Copy(file, folder.At(Path.GetFileName(file)));
        var config = JsonNode.Parse(File.ReadAllText(folder.At("config.json")))!;
        config["quantization_config"] = new JsonObject { ["quant_method"] = "gptq", ["bits"] = 4 };
        File.WriteAllText(folder.At("config.json"), config.ToJsonString());
        Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder.Path, Models.OnDevice())).ToBlock()
            .ShouldBe($"error: The checkpoint is quantised in a way that is not supported.\n  place:   {folder.At("config.json")}\n  given:   quant_method gptq\n  allowed: bitsandbytes (4 or 8 bits)\n  remedy:  take the checkpoint in full precision and quantise it here: --load_in_4bit, or medgpt quantize");
    }

    [Fact]
    public void Dora_on_a_packed_base()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var options = new LoadOptions { Quantization = new QuantizationOptions(), NewAdapter = new LoraOptions { Dora = true, Initialization = LoraInitialization.Random } };
        using var packed = Models.Folder.LoadCausal(Source, options);
        using var full = Models.Folder.LoadCausal(Source, options with { Dequantize = true });
        Check.Close(Logits(packed), Logits(full), 1e-4, 0, "DoRA");
    }

    [Theory]
    [InlineData("weight.absmax", "is missing")]
    [InlineData("weight.quant_map", "holds other values")]
    [InlineData("weight", "bytes; 2048 are needed")]
    public void Damaged_files_are_refused(string suffix, string message)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using (var packed = Models.Folder.LoadCausal(Path.Combine(Golden.Root, "models/qwen2_tied/model"), new LoadOptions { Device = TestDevice.Name, Quantization = new QuantizationOptions() }))
            ModelFolder.Save(packed, folder.Path);
        var tensors = Golden.Read(folder.At("model.safetensors"));
        var key = $"model.layers.0.self_attn.q_proj.{suffix}";
        if (suffix == "weight.absmax")
            tensors.Remove(key);
        else
            tensors[key] = suffix == "weight" ? tensors[key].narrow(0, 1, 100) : tensors[key].add(1);
        SafetensorsWriter.Save(folder.At("model.safetensors"), tensors);
        Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder.Path, Models.OnDevice())).Message.ShouldContain(message);
    }

    private static PackedMatrix Pack(Tensor dense, QuantizationType type, double threshold) =>
        type == QuantizationType.Int8 ? Int8Matrix.Pack(dense, threshold) : FourBitMatrix.Pack(dense, type, true);

    private static SequenceLayout Layout() => SequenceLayout.Create([new Segment([.. Enumerable.Range(0, 24).Select(i => 5 + i * 37 % 400)]) { Learned = [.. Enumerable.Repeat(true, 24)] }]);

    private static Tensor Logits(CausalLanguageModel model) => model.Logits(Layout(), Batches.AllTokens(Layout()));
}
