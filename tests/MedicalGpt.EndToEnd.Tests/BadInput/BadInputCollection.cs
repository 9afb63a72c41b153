namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>Tests of bad input share one small model.</summary>
[CollectionDefinition(Name)]
public sealed class BadInputCollection : ICollectionFixture<TinyModel>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "bad input";
}
