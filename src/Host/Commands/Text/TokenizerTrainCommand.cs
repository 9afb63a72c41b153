using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Data;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Tokenization;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Text;

/// <summary><c>medgpt tokenizer train</c>: a byte-level BPE tokenizer learned from text.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the summary goes.</param>
internal sealed class TokenizerTrainCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "tokenizer train";

    /// <inheritdoc/>
    public string Summary => "Learn a byte-level BPE tokenizer from texts, or from the texts of rows of any kind.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [TokenizerTrainOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var dataset = DatasetChoice.Find(components, request.Peek(Records).Bind<TokenizerTrainOptions>().DatasetName);
        var resolution = request.Resolve([.. Records, .. dataset.Records]);
        var options = resolution.Bind<TokenizerTrainOptions>();
        var rows = new TokenizerTexts(dataset.BindOpen(resolution), new DataReadOptions { Notice = text => console.Line(text, LineStyle.Faint) });
        return PreparedCommand.Create(resolution, cancellation => TrainAsync(options, Sources(options), rows, cancellation));
    }

    private static string[] Sources(TokenizerTrainOptions options)
    {
        var names = (options.TrainFileDir, options.DatasetName) switch
        {
            (null, null) => throw new MedicalGptException("There is no text to learn from.") { Place = "medgpt tokenizer train", Remedy = "give --train-file-dir DIR, or --dataset-name NAME with --dataset-config-name pretrain sft ..." },
            ({ } path, null) => [path],
            (null, _) when options.DatasetConfigName.Length == 0 => throw new MedicalGptException("The configurations of the dataset are not named.") { Place = "--dataset-config-name", Remedy = "name them, for example --dataset-config-name pretrain sft" },
            (null, _) => options.DatasetConfigName,
            _ => throw new MedicalGptException("Both a path and a dataset are given.") { Place = "--train-file-dir and --dataset-name", Allowed = "one of them" },
        };
        foreach (var name in names)
            RowSource.Parse(name);
        return names;
    }

    private static BytePairTraining Training(TokenizerTrainOptions options)
    {
        var training = new BytePairTraining { VocabularySize = options.VocabSize, MinimumFrequency = options.MinFrequency };
        if (options.SpecialTokens is [var first, .., var last])
            training = training with { SpecialTokens = options.SpecialTokens, EosToken = Standard(training.EosToken, last), PadToken = Standard(training.PadToken, first) };
        else if (options.SpecialTokens is [var only])
            training = training with { SpecialTokens = [only], EosToken = only, PadToken = only };
        return training with { EosToken = options.EosToken ?? training.EosToken, PadToken = options.PadToken ?? training.PadToken };

        string Standard(string token, string other) => options.SpecialTokens.Contains(token) ? token : other;
    }

    private async Task<CommandResult> TrainAsync(TokenizerTrainOptions options, string[] sources, TokenizerTexts rows, CancellationToken cancellation)
    {
        OutputFolder.RequireNoFile(options.OutputDir);
        var texts = new List<string>();
        foreach (var source in sources)
            await foreach (var text in rows.ReadAsync(source, cancellation))
                texts.Add(text);
        var characters = texts.Sum(text => (long)text.Length);
        if (characters == 0)
            throw new MedicalGptException("The sources hold no text.") { Given = string.Join(", ", sources), Allowed = "rows with text; rows of token ids cannot teach a tokenizer" };
        var tokenizer = BytePairTrainer.Train(texts, Training(options));
        OutputFolder.Write(options.OutputDir, tokenizer.Save, "tokenizer");
        var tokens = texts.Take(1000).Sum(text => (long)tokenizer.Encode(text, allowSpecial: false).Length);
        var sample = texts.Take(1000).Sum(text => (long)text.Length);
        console.Line($"read: {rows.Counts}");
        console.Line($"{texts.Count:N0} texts, {characters:N0} characters -> {tokenizer.VocabularySize:N0} tokens (asked for {options.VocabSize:N0}), {(double)sample / tokens:0.00} characters a token -> {options.OutputDir}");
        return CommandResult.Success with { Output = options.OutputDir };
    }
}
