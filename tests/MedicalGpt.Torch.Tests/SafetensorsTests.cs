using System.Text;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>safetensors in and out, and files that lie.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-safetensors-").FullName;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Everything_written_is_read_back()
    {
        var path = Path.Combine(folder, "a.safetensors");
        var tensors = new Dictionary<string, Tensor>
        {
            ["half"] = torch.tensor([1.5f, -2f]).to(ScalarType.BFloat16),
            ["matrix"] = torch.arange(6).reshape(2, 3).t(),
            ["flags"] = torch.tensor([true, false, true]),
            ["名"] = torch.tensor(3.25f),
            ["empty"] = torch.zeros(0, 4),
        };
        SafetensorsWriter.Save(path, tensors, new Dictionary<string, string> { ["format"] = "pt", ["a"] = "b" });
        using var file = SafetensorsFile.Open(path);
        file.Metadata["a"].ShouldBe("b");
        file.Names.ShouldBe(tensors.Keys, ignoreOrder: true);
        file.Load("matrix").data<long>().ToArray().ShouldBe([0, 3, 1, 4, 2, 5]);
        file["matrix"].Shape.ShouldBe([3, 2]);
        file.Load("half", ScalarType.Float32).data<float>().ToArray().ShouldBe([1.5f, -2f]);
        file.Load("half").dtype.ShouldBe(ScalarType.BFloat16);
        file.Load("flags").data<bool>().ToArray().ShouldBe([true, false, true]);
        file.Load("名").item<float>().ShouldBe(3.25f);
        file.Load("名").shape.ShouldBeEmpty();
        file.Load("empty").shape.ShouldBe([0, 4]);
        Should.Throw<SafetensorsException>(() => file.Load("none")).Message.ShouldContain("has no tensor 'none'. It has 5: ");
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes()
    {
        var a = torch.ones(3);
        var b = torch.zeros([2], ScalarType.Int64);
        SafetensorsWriter.Save(Path.Combine(folder, "1"), new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b });
        SafetensorsWriter.Save(Path.Combine(folder, "2"), new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        var bytes = File.ReadAllBytes(Path.Combine(folder, "1"));
        bytes.ShouldBe(File.ReadAllBytes(Path.Combine(folder, "2")));
        const string Header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[3],"data_offsets":[16,28]}}""";
        var padded = (Header.Length + 7) / 8 * 8;
        BitConverter.ToInt64(bytes).ShouldBe(padded);
        Encoding.UTF8.GetString(bytes, 8, padded).TrimEnd(' ').ShouldBe(Header);
        bytes.Length.ShouldBe(8 + padded + 28);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes, its data_offsets give 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'b' overlaps the one before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "4 byte(s) before tensor 'a' belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 9, "5 byte(s) at the end belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,4]}}""", 4, "larger than any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "negative size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,400]}}""", 4, "claims bytes 0 to 400, but the file holds 4")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'F33'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a' occurs twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e3],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "claims bytes 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551615]}}""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]},"b":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "larger than any file")]
    [InlineData("""{"__metadata__":{"a":1},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "__metadata__.a is not a string")]
    [InlineData("""{"__metadata__":[],"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "__metadata__ is not an object")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,1]}}""", 1, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1, "needs two data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}""", 1, "not valid JSON")]
    [InlineData("""{"a":[]}""", 0, "'a' needs dtype, shape and data_offsets")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string message)
    {
        var path = Write(Encoding.UTF8.GetBytes(header), (ulong)header.Length, dataBytes);
        var error = Should.Throw<SafetensorsException>(() => SafetensorsFile.Open(path));
        error.Message.ShouldContain(message);
        error.Message.ShouldStartWith(path);
    }

    [Theory]
    [InlineData(ulong.MaxValue, "allowed are 100000000")]
    [InlineData(50_000_000UL, "only 6 follow")]
    public void A_header_length_that_lies_is_refused(ulong length, string message) =>
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Open(Write("{}"u8.ToArray(), length, 4))).Message.ShouldContain(message);

    [Fact]
    public void Missing_and_short_files_are_named()
    {
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Open(Path.Combine(folder, "none"))).Message.ShouldContain("cannot be opened");
        File.WriteAllBytes(Path.Combine(folder, "short"), [1, 2]);
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Open(Path.Combine(folder, "short"))).Message.ShouldContain("2 byte(s) cannot be a safetensors file");
    }

    [Fact]
    public void A_disk_that_refuses_leaves_no_rest()
    {
        var target = Path.Combine(folder, "missing-folder", "x.safetensors");
        Should.Throw<SafetensorsException>(() => SafetensorsWriter.Save(target, new Dictionary<string, Tensor> { ["a"] = torch.ones(1) })).Message.ShouldContain("cannot be written");
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_large_tensor_is_cast_in_pieces_when_read_and_when_written()
    {
        // 24 MB in fp32; pieces are 4 MB.
        var large = torch.arange(6_000_000, ScalarType.Float32).remainder(251).view(2000, 3000);
        var path = Path.Combine(folder, "large");
        TensorMemory.ResetPeak();
        var before = TensorMemory.LiveBytes;
        SafetensorsWriter.Save(path, [new SafetensorsItem("a", large, ScalarType.BFloat16), new SafetensorsItem("b", large, ScalarType.Float32)]);
        (TensorMemory.PeakBytes - before).ShouldBeLessThan(10 << 20);
        using var file = SafetensorsFile.Open(path);
        file["a"].Type.ShouldBe("BF16");
        foreach (var (name, type) in new[] { ("a", ScalarType.BFloat16), ("a", ScalarType.Float32), ("b", ScalarType.Float32), ("b", ScalarType.Float64), ("b", ScalarType.Float16) })
        {
            using var inner = NewDisposeScope();
            TensorMemory.ResetPeak();
            before = TensorMemory.LiveBytes;
            var read = file.Load(name, type);
            (TensorMemory.PeakBytes - before - 6_000_000 * read.element_size()).ShouldBeLessThan(5 << 20);
            read.dtype.ShouldBe(type);
            // Whole numbers below 256 are exact in every format.
            read.to(ScalarType.Float32).sub(large).abs().max().item<float>().ShouldBe(0, $"{name} {type}");
        }

        Should.Throw<SafetensorsException>(() => SafetensorsWriter.Save(path, [new SafetensorsItem("a", large, ScalarType.Float32), new SafetensorsItem("a", large, ScalarType.Float32)])).Message.ShouldContain("occurs twice");
    }

    private string Write(byte[] header, ulong length, int dataBytes)
    {
        var path = Path.Combine(folder, "hostile.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(length), .. header, .. new byte[dataBytes]]);
        return path;
    }
}
