using System.Text;
using MedicalGpt.Training.Tokenization.Decoders;
using MedicalGpt.Training.Tokenization.Patterns;
using MedicalGpt.Training.Tokenization.PreTokenizers;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>decoder</c>.</summary>
internal sealed class DecoderReader
{
    private readonly List<Func<DecoderStage, DecoderStage>> _steps = [];
    private bool _fused;

    /// <summary>Reads a decoder; null = blanks between tokens.</summary>
    public static DecoderChain Read(JsonPlace part)
    {
        var reader = new DecoderReader();
        if (part.IsNull)
            reader._steps.Add(next => new JoinStage(next));
        else
            reader.Add(part);
        return new DecoderChain(reader._steps);
    }

    private void Add(JsonPlace part)
    {
        switch (part["type"].Text())
        {
            case "Sequence":
                foreach (var inner in part["decoders"].Items())
                    Add(inner);
                break;
            case "ByteLevel":
                Whole(next => new ByteLevelStage(next));
                _fused = true;
                break;
            case "ByteFallback":
                Whole(next => new ByteFallbackStage(next));
                break;
            case "Fuse":
                _fused = true;
                break;
            case "Strip":
                Strip(part);
                break;
            case "Replace":
                Replace(PatternReader.Read(part["pattern"]), part["content"].Text(), part["pattern"]["String"]);
                break;
            case "Metaspace":
                var (mark, drop, fused) = (PreTokenizerReader.Mark(part["replacement"]), PreTokenizerReader.Scheme(part) != PrependScheme.Never, _fused);
                _steps.Add(next => new MetaspaceStage(next, mark, drop, fused));
                break;
            case "WordPiece":
                var (prefix, cleanup) = (part["prefix"].IsNull ? "##" : part["prefix"].Text(), part["cleanup"].Flag(true));
                Whole(next => new WordPieceStage(next, prefix, cleanup));
                break;
            case "BPEDecoder":
                var suffix = part["suffix"].IsNull ? "</w>" : part["suffix"].Text();
                Whole(next => new SuffixStage(next, suffix));
                break;
            default:
                throw Unsupported.Part(part["type"], "Sequence, ByteLevel, ByteFallback, Fuse, Strip, Replace, Metaspace, WordPiece or BPEDecoder");
        }
    }

    // A step that needs tokens whole; of one that was fused it gets all at the end.
    private void Whole(Func<DecoderStage, DecoderStage> step)
    {
        var fused = _fused;
        _steps.Add(next => fused ? new WholeStage(step(next)) : step(next));
    }

    private void Strip(JsonPlace part)
    {
        var content = PreTokenizerReader.Mark(part["content"]).EnumerateRunes().First();
        var (left, right, fused) = (part["start"].Index(int.MaxValue), part["stop"].Index(int.MaxValue), _fused);
        if (right > 0)
            Whole(next => new StripStage(next, content, left, right, fused: false));
        else
            _steps.Add(next => new StripStage(next, content, left, 0, fused));
    }

    private void Replace(IPattern pattern, string content, JsonPlace literal)
    {
        if (!literal.IsNull && literal.Text().EnumerateRunes().Count() == 1)
            _steps.Add(next => new ReplaceStage(next, pattern, content));
        else
            Whole(next => new ReplaceStage(next, pattern, content));
    }
}
