using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;
using MedicalGpt.Datasets.Medical.Stages;

namespace MedicalGpt.Datasets.Medical;

/// <summary>Dataset <c>medical-quickstart</c>: short verifiable medical questions in English and Chinese, composed from fact tables (docs/quickstart-task.md).</summary>
internal sealed class MedicalQuickstartDataset(MedicalQuickstartOptions options) : IDataset
{
    public const string Name = "medical-quickstart";

    private readonly QuestionBank _bank = new([.. Language.All.Where(language => options.QuickstartLanguages.Contains(language.Code))]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var line = 0L;
        foreach (var row in Rows(request))
        {
            cancellationToken.ThrowIfCancellationRequested();
            line++;
            yield return row with { Origin = new RowOrigin($"{Name}/{request.Configuration ?? "default"}/{request.Split}", line) };
        }
    }

    private IEnumerable<Example> Rows(DatasetRequest request)
    {
        if (!Splits.All.Contains(request.Split))
            throw new MedicalGptException($"Dataset '{Name}' has no split '{request.Split}'.")
            {
                Given = request.Split,
                Allowed = string.Join(", ", Splits.All),
            };
        var stage = Find(request);
        return stage.Rows(new StageInput(_bank, stage.Name, request.Split, options.QuickstartSeed, options.QuickstartSize, options.QuickstartHeldOutSize, options.QuickstartPairsPerQuestion));
    }

    private static Stage Find(DatasetRequest request)
    {
        var fitting = Stage.All.Where(stage => stage.Kind == request.Kind).ToList();
        if (request.Configuration is null)
            return fitting[0];
        var stage = Stage.All.FirstOrDefault(stage => stage.Name == request.Configuration)
            ?? throw new MedicalGptException($"Dataset '{Name}' has no configuration '{request.Configuration}'.")
            {
                Given = "--dataset-config-name " + request.Configuration,
                Allowed = string.Join(", ", Stage.All.Select(each => each.Name)),
            };
        if (stage.Kind != request.Kind)
            throw new MedicalGptException($"Configuration '{stage.Name}' of dataset '{Name}' does not fit the stage.")
            {
                Given = $"rows of kind {stage.Kind}; the stage trains on {request.Kind}",
                Remedy = $"use --dataset-config-name {string.Join(" or ", fitting.Select(each => each.Name))}",
            };
        return stage;
    }
}
