using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Tokenization;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Text;

/// <summary><c>medgpt tokenizer extend</c>: domain words become tokens, and a model's embeddings grow with them.</summary>
/// <param name="console">Where the summary goes.</param>
internal sealed class TokenizerExtendCommand(IAnsiConsole console) : IHostCommand
{
    private const long LargestWordFile = 64L << 20;

    /// <inheritdoc/>
    public string Name => "tokenizer extend";

    /// <inheritdoc/>
    public string Summary => "Add domain words, or the words of a second tokenizer, to a tokenizer and its model.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [TokenizerExtendOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<TokenizerExtendOptions>();
        var source = options.Tokenizer ?? options.Model
            ?? throw new MedicalGptException("There is no tokenizer to extend.") { Place = "medgpt tokenizer extend", Remedy = "give --tokenizer DIR, or --model DIR for a model with its tokenizer" };
        if (options.Words is null && options.From is null)
            throw new MedicalGptException("There are no words to add.") { Place = "medgpt tokenizer extend", Remedy = "give --words FILE with a word on each line, or --from DIR with a second tokenizer" };
        foreach (var folder in new[] { options.Tokenizer, options.Model })
            if (folder is not null && RealPath.IsSame(folder, options.OutputDir))
                throw new MedicalGptException("The result would overwrite what it is made from.") { Place = "--output-dir", Given = options.OutputDir, Remedy = "name another folder" };
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var words = options.Words is { } file ? await ReadWordsAsync(file, cancellation) : [];
            var extended = TokenizerExtension.Extend(Tokenizer.Load(source), words.Concat(options.From is { } other ? TokenizerExtension.WordsOf(Tokenizer.Load(other)) : []), options.MaxTokens, options.WholeWords);
            OutputFolder.Write(options.OutputDir, folder => Write(options, extended, folder));
            console.Line($"{extended.Added.Count:N0} tokens added, {extended.Known:N0} words were tokens already: {extended.Tokenizer.VocabularySize:N0} tokens -> {options.OutputDir}");
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }

    private void Write(TokenizerExtendOptions options, ExtendedTokenizer extended, string folder)
    {
        if (options.Model is { } model)
        {
            var growth = new EmbeddingGrowth(model, extended);
            growth.Write(folder);
            foreach (var line in growth.Report)
                console.Line(line);
        }

        extended.Tokenizer.Save(folder);
    }

    private static async Task<IReadOnlyList<string>> ReadWordsAsync(string path, CancellationToken cancellation)
    {
        if (new FileInfo(path).Length > LargestWordFile)
            throw new MedicalGptException("The list of words is too large.") { Place = path, Allowed = "at most 64 MiB" };
        var bytes = await File.ReadAllBytesAsync(path, cancellation);
        if (bytes.AsSpan().StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var (words, number) = (new List<string>(), 0);
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}:{++number}");
            var line = bytes.AsSpan(range);
            if (!Utf8.IsValid(line) || line.Contains((byte)0))
                throw new MedicalGptException("A word is not valid UTF-8.") { Place = place, Given = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 60)]), Remedy = EncodingAdvice.Remedy(bytes) };
            var word = Encoding.UTF8.GetString(line).TrimEnd('\r').Split('\t')[0];
            TokenizerExtension.Check(word, place);
            words.Add(word);
        }

        return words.Exists(word => !string.IsNullOrWhiteSpace(word)) ? words : throw new MedicalGptException("The list of words has none.") { Place = path, Allowed = "a word on each line" };
    }
}
