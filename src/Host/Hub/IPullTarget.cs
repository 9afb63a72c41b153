namespace MedicalGpt.Host.Hub;

/// <summary>Where pulled files go.</summary>
internal interface IPullTarget
{
    /// <summary>The folder that holds the files under their own names.</summary>
    string Folder { get; }

    /// <summary>A file under its own name.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A path.</returns>
    string Place(HubFile file);

    /// <summary>Where a file's content is kept; the same as <see cref="Place"/> where there is no cache.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A path.</returns>
    string Content(HubFile file);

    /// <summary>The file that keeps others from fetching the same content.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A path.</returns>
    string Lock(HubFile file);

    /// <summary>Where content is while it arrives; in the same file system as <see cref="Content"/>.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A path that ends in <c>.incomplete</c>.</returns>
    string Incomplete(HubFile file);

    /// <summary>Gives content that is there its own name.</summary>
    /// <param name="file">The file.</param>
    void Link(HubFile file);

    /// <summary>All files are there.</summary>
    void Complete();
}
