namespace MedicalGpt.Plugins;

/// <summary>The kinds of component that this version's plugins give.</summary>
public static class ComponentKinds
{
    /// <summary>A training method, <c>IAlgorithm</c>.</summary>
    public const string Algorithm = "algorithm";

    /// <summary>A source of rows, <c>IDataset</c>.</summary>
    public const string Dataset = "dataset";

    /// <summary>A reward function, <c>IRewardFunction</c>.</summary>
    public const string Reward = "reward";

    /// <summary>A model family, <c>IModelFamily</c>.</summary>
    public const string Model = "model";

    /// <summary>A file format of rows, <c>IRowFormat</c>; named by its file name ending.</summary>
    public const string Format = "format";

    /// <summary>A table of published datasets, <c>IDatasetSources</c>.</summary>
    public const string Sources = "sources";
}
