namespace MedicalGpt.Training.Data;

/// <summary>What a repository of the Hugging Face hub holds.</summary>
public enum HubRepositoryKind
{
    /// <summary>A model or an adapter.</summary>
    Model,

    /// <summary>A dataset.</summary>
    Dataset,
}
