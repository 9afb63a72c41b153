using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>bitsandbytes' numbers, to the bit: codes, scales, what they stand for, files.</summary>
[Trait("Device", "any")]
public sealed class QuantizationGoldenTests
{
    private readonly Golden golden = new("quant/nf4_int8");

    [Fact]
    public void Codebooks()
    {
        Codebook.Nf4.Values.ShouldBe(Check.Host(golden.Outputs["nf4_code"]));
        Codebook.Fp4.Values.ShouldBe(Check.Host(golden.Outputs["fp4_code"]));
        Codebook.SignedDynamic.Values.ShouldBe(Check.Host(golden.Outputs["dynamic_map_signed"]));
        Codebook.UnsignedDynamic.Values.ShouldBe(Check.Host(golden.Outputs["dynamic_map_unsigned"]));
    }

    [Theory]
    [InlineData(QuantizationType.Nf4, "", "weight")]
    [InlineData(QuantizationType.Fp4, "", "weight")]
    [InlineData(QuantizationType.Nf4, "tail.", "tail")]
    [InlineData(QuantizationType.Fp4, "tail.", "tail")]
    public void Four_bits(QuantizationType type, string prefix, string input)
    {
        using var scope = NewDisposeScope();
        var key = $"{prefix}{FourBitMatrix.KindOf(type)}";
        using var matrix = FourBitMatrix.Pack(golden.Inputs[input], type, nested: false);
        Check.Longs(matrix.Codes).ShouldBe(Check.Longs(golden.Outputs[$"{key}.packed"]));
        Check.Host(matrix.Scales.Values).ShouldBe(Check.Host(golden.Outputs[$"{key}.absmax"]));
        var expected = Check.Host(golden.Outputs[$"{key}.dequantized"]);
        Check.Host(matrix.Rows(0, matrix.Shape[0], ScalarType.Float32)).ShouldBe(expected);
        Check.Host(NibbleDecoder.ByOperators(matrix.Codes, matrix.Scales.Values, FourBitMatrix.Book(type).On(matrix.Codes.device), 64, expected.Length)).ShouldBe(expected);
    }

    [Fact]
    public void Double_quantisation()
    {
        using var scope = NewDisposeScope();
        using var matrix = FourBitMatrix.Pack(golden.Inputs["weight"], QuantizationType.Nf4, nested: true);
        Check.Longs(matrix.Scales.Values).ShouldBe(Check.Longs(golden.Outputs["nested.absmax_u8"]));
        Check.Host(matrix.Scales.Largest!).ShouldBe(Check.Host(golden.Outputs["nested.absmax_of_absmax"]));
        matrix.Scales.Offset.ShouldBe(golden.Outputs["nested.offset"].item<float>());
        Check.Host(matrix.Scales.Range(0, 768)).ShouldBe(Check.Host(golden.Outputs["nested.absmax_dequantized"]));
        Check.Host(matrix.Rows(0, 256, ScalarType.Float32)).ShouldBe(Check.Host(golden.Outputs["nested.dequantized"]));
        // A range in the middle is the same rows.
        Check.Host(matrix.Rows(100, 7, ScalarType.Float32)).ShouldBe(Check.Host(golden.Outputs["nested.dequantized"].narrow(0, 100, 7)));
        using var weight = new ModelParameter("w", [256, 192]);
        weight.Set(matrix);
        Check.Close(weight.Multiply(golden.Inputs["x"], ScalarType.Float32, null), golden.Outputs["nested.linear_output"], 1e-5, 1e-5, "linear");
    }

    [Fact]
    public void Eight_bits_in_blocks()
    {
        using var scope = NewDisposeScope();
        var codes = BlockQuantizer.Encode(golden.Inputs["weight"], Codebook.SignedDynamic, 256);
        Check.Longs(codes.Codes).ShouldBe(Check.Longs(golden.Outputs["dynamic8_b256.indices"]));
        Check.Host(codes.Largest).ShouldBe(Check.Host(golden.Outputs["dynamic8_b256.absmax"]));
        Check.Host(BlockQuantizer.Decode(codes.Codes, codes.Largest, Codebook.SignedDynamic, 256)).ShouldBe(Check.Host(golden.Outputs["dynamic8_b256.dequantized"]));
    }

    [Fact]
    public void Eight_bits_by_rows()
    {
        using var scope = NewDisposeScope();
        using var matrix = Int8Matrix.Pack(golden.Inputs["weight_int8"], 6);
        Check.Longs(matrix.Codes).ShouldBe(Check.Longs(golden.Outputs["int8.rowwise"]));
        Check.Host(matrix.Largest).ShouldBe(Check.Host(golden.Outputs["int8.row_absmax"]));
        Check.Host(matrix.Rows(0, 256, ScalarType.Float32)).ShouldBe(Check.Host(golden.Outputs["int8.dequantized"]));
    }

    [Fact]
    public void Mean_errors_are_the_references()
    {
        using var scope = NewDisposeScope();
        foreach (var (matrix, input, key) in new (PackedMatrix, string, string)[]
        {
            (FourBitMatrix.Pack(golden.Inputs["weight"], QuantizationType.Nf4, false), "weight", "error.nf4_mse"),
            (FourBitMatrix.Pack(golden.Inputs["weight"], QuantizationType.Nf4, true), "weight", "error.nested_mse"),
            (Int8Matrix.Pack(golden.Inputs["weight_int8"], 0), "weight_int8", "error.int8_mse"),
        })
        {
            Check.Close(matrix.Rows(0, 256, ScalarType.Float32).sub(golden.Inputs[input]).square().mean(), golden.Outputs[key], 0, 1e-5, key);
            matrix.Dispose();
        }
    }

    [Fact]
    public void The_files_tensors_are_those_of_bitsandbytes()
    {
        using var scope = NewDisposeScope();
        using var matrix = FourBitMatrix.Pack(golden.Inputs["weight"], QuantizationType.Nf4, nested: true);
        var (ours, theirs) = (matrix.FileTensors("weight", ScalarType.Float32), golden.File("bnb_linear4bit_state.safetensors"));
        ours.Keys.Order().ShouldBe(theirs.Keys.Order());
        foreach (var (name, tensor) in theirs)
        {
            ours[name].dtype.ShouldBe(tensor.dtype, name);
            ours[name].shape.ShouldBe(tensor.shape, name);
            ours[name].contiguous().bytes.ToArray().ShouldBe(tensor.bytes.ToArray(), name);
        }
    }
}
