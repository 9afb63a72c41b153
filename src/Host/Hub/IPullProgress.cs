namespace MedicalGpt.Host.Hub;

/// <summary>Hears how far a pull is; from several threads.</summary>
internal interface IPullProgress
{
    /// <summary>A pull begins.</summary>
    /// <param name="files">Files in all.</param>
    /// <param name="bytes">Bytes in all.</param>
    void Begin(int files, long bytes);

    /// <summary>Bytes are there: they arrived, or were there before (or, negative, had to be thrown away).</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="arrived">Whether they came over the network just now.</param>
    void Add(long bytes, bool arrived);

    /// <summary>A file is whole.</summary>
    void FileDone();

    /// <summary>Something takes longer than it should.</summary>
    /// <param name="text">What, in a few words, without secrets.</param>
    void Note(string text);
}
