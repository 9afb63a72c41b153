using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Hub;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training.Data;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data pull</c>: brings a dataset of the hub into the cache or a folder.</summary>
/// <param name="components">The plugins, whose tables know datasets by name.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class DataPullCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "data pull";

    /// <inheritdoc/>
    public string Summary => "Pull a dataset from the Hugging Face hub.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataPullOptions.Descriptor, HubPullOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "NAME";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "dataset" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (data, options) = (resolution.Bind<DataPullOptions>(), resolution.Bind<HubPullOptions>());
        return PreparedCommand.Create(resolution, cancellation => Pull(data, options).RunAsync(cancellation));
    }

    private PullCommand Pull(DataPullOptions data, HubPullOptions options)
    {
        if (data.Config is { } named && options.Include.Length > 0)
            throw new MedicalGptException("The files are chosen twice.") { Place = "--config and --include", Given = $"{named} and {string.Join(' ', options.Include)}", Allowed = "one of them", Remedy = "leave --config out: patterns alone say which files are wanted" };
        var tables = components.Reading(new DataReadOptions()).Published;
        var source = PublishedDatasets.Find(tables, data.Dataset);
        if (source is { Repository: null })
            throw new MedicalGptException("The dataset is not on the hub.")
            {
                Place = source.Name,
                Remedy = $"get it at {source.Homepage} (licence: {source.Licence}), and give its folder: --dataset_name FOLDER or --train_file_dir FOLDER",
            };
        if (source is null && !HubRepository.IsId(data.Dataset))
            throw new MedicalGptException("There is no such dataset.")
            {
                Given = data.Dataset,
                Allowed = $"{string.Join(", ", tables.Value.Select(known => known.Name))}, or {HubRepository.IdForm}",
                Remedy = (HubRepository.FromAddress(data.Dataset) ?? PublishedDatasets.Nearest(tables, data.Dataset)) is { } nearest ? $"did you mean '{nearest}'?" : null,
            };
        if (source is not null && data.Config is { } config && !source.Configurations.Any(known => known.Name.Equals(config, StringComparison.OrdinalIgnoreCase)))
            throw new MedicalGptException("The dataset has no such configuration.")
            {
                Place = "--config",
                Given = config,
                Allowed = string.Join(", ", source.Configurations.Select(known => known.Name)),
                Remedy = OptionNames.Nearest(config, source.Configurations.Select(known => known.Name)) is { } near ? $"did you mean '{near}'?" : null,
            };
        foreach (var notice in source?.Configurations.Where(known => known.Name.Equals(data.Config, StringComparison.OrdinalIgnoreCase)).Select(known => known.Notice).OfType<string>() ?? [])
            Warn(notice, options);
        var repository = HubRepository.Parse(HubRepositoryKind.Dataset, source?.Repository ?? data.Dataset);
        var choice = new DataFileChoice(options.Include, options.Exclude, data.Config, source) { Notice = notice => Warn(notice, options) };
        return new PullCommand(repository, options, async (listing, hub, cancellation) => choice.Choose(listing, choice.AsksCard ? await CardAsync(listing, hub, options, cancellation) : []), console)
        {
            Licence = source is null ? null : $"{source.Licence} ({source.Homepage})",
            UsedBy = "--dataset_name",
            UsedAs = source?.Name ?? repository.Id,
        };
    }

    // What a program reads on standard output stays JSON alone.
    private void Warn(string notice, HubPullOptions options)
    {
        if (options.Json)
            Console.Error.WriteLine(Output.Visible(notice));
        else
            console.Line(notice, LineStyle.Warning);
    }

    /// <summary>The configurations that the repository's README.md lists. One that cannot be read keeps nobody from pulling.</summary>
    private async Task<IReadOnlyList<CardConfiguration>> CardAsync(HubListing listing, HubClient hub, HubPullOptions options, CancellationToken cancellation)
    {
        if (listing.Files.FirstOrDefault(file => file.Path == "README.md") is not { } readme)
            return [];
        using var text = new StringReader(await hub.TextAsync(listing, readme, cancellation));
        try
        {
            return DatasetCard.Read(text, $"{listing.Repository.Id}/README.md");
        }
        catch (MedicalGptException error)
        {
            Warn($"{error.Place}: {error.Message} {error.Given} --config is taken for a folder, or what file names begin with.", options);
            return [];
        }
    }
}
