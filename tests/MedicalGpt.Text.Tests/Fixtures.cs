namespace MedicalGpt.Text.Tests;

/// <summary>Finds the committed fixtures.</summary>
internal static class Fixtures
{
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "tests", "fixtures", relative);
            if (System.IO.Path.Exists(path))
                return path;
        }

        throw new DirectoryNotFoundException($"tests/fixtures/{relative} is not above {AppContext.BaseDirectory}");
    }
}
