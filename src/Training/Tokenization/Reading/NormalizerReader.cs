using MedicalGpt.Training.Tokenization.Normalizers;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormalizerReader
{
    /// <summary>Reads a normaliser; null = none.</summary>
    public static INormalizer Read(JsonPlace part)
    {
        if (part.IsNull)
            return new SequenceNormalizer([]);
        return part["type"].Text() switch
        {
            "Sequence" => new SequenceNormalizer([.. part["normalizers"].Items().Select(Read)]),
            "NFC" => new UnicodeNormalizer(compose: true, compatibility: false),
            "NFD" => new UnicodeNormalizer(compose: false, compatibility: false),
            "NFKC" => new UnicodeNormalizer(compose: true, compatibility: true),
            "NFKD" => new UnicodeNormalizer(compose: false, compatibility: true),
            "Lowercase" => new LowercaseNormalizer(),
            "StripAccents" => MappingNormalizer.StripAccents,
            "Nmt" => MappingNormalizer.Nmt,
            "Strip" => new StripNormalizer(part["strip_left"].Flag(), part["strip_right"].Flag()),
            "Prepend" => new PrependNormalizer(part["prepend"].Text()),
            "Replace" => new ReplaceNormalizer(PatternReader.Read(part["pattern"]), part["content"].Text()),
            "ByteLevel" => new ByteLevelNormalizer(),
            "BertNormalizer" => Bert(part),
            "Precompiled" => Precompiled(part["precompiled_charsmap"]),
            _ => throw Unsupported.Part(part["type"], "Sequence, NFC, NFD, NFKC, NFKD, Lowercase, Strip, StripAccents, Prepend, Replace, Precompiled, BertNormalizer, ByteLevel or Nmt"),
        };
    }

    private static BertNormalizer Bert(JsonPlace part)
    {
        var lowercase = part["lowercase"].Flag(true);
        return new BertNormalizer(part["clean_text"].Flag(true), part["handle_chinese_chars"].Flag(true), part["strip_accents"].Flag(lowercase), lowercase);
    }

    private static INormalizer Precompiled(JsonPlace table)
    {
        if (table.IsNull)
            return new SequenceNormalizer([]);
        try
        {
            return new PrecompiledNormalizer(Convert.FromBase64String(table.Text()));
        }
        catch (FormatException error)
        {
            throw new MedicalGptException($"{table.Source}: {table.Path} is no table of rewrites: {error.Message}", error);
        }
    }
}
