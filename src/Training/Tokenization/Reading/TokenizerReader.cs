using MedicalGpt.Training.Tokenization.Models;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads tokenizer.json (the tokenizers library's file) into parts. What is not supported is an error that names it. <c>truncation</c> and <c>padding</c> are settings of a past call and are not read.</summary>
internal static class TokenizerReader
{
    /// <summary>Reads the file's bytes.</summary>
    /// <param name="json">The file.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="MedicalGptException">The file is damaged or needs a part that is not supported.</exception>
    public static TokenizerParts Read(byte[] json, string source)
    {
        var root = StrictJson.ParseFile(json, source);
        if (root["model"].IsNull)
            throw root["model"].Expected("the tokenizer's model");
        var takesBytes = ModelReader.CanTakeBytes(root["model"]);
        var preTokenizer = PreTokenizerReader.Read(root["pre_tokenizer"], takesBytes, out var endsInBytes);
        var model = ModelReader.Read(root["model"], endsInBytes);
        var normalizer = NormalizerReader.Read(root["normalizer"]);
        return new TokenizerParts(
            normalizer,
            preTokenizer,
            model,
            AddedTokenReader.Read(root["added_tokens"], model, normalizer),
            PostProcessorReader.Read(root["post_processor"]),
            DecoderReader.Read(root["decoder"]));
    }
}
