namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Finds the reference files that lie beside the repository and are not part of it.</summary>
internal static class SharedFiles
{
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", relative);
            if (Path.Exists(path))
                return path;
        }

        return null;
    }
}
