using System.Security.Cryptography;
using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>List of a checkpoint's files, written last: a folder with a manifest that fits is complete.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Files">Files by relative path.</param>
public sealed record CheckpointManifest(int Step, IReadOnlyList<CheckpointFile> Files)
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Lists the files below a folder.</summary>
    /// <param name="directory">Folder.</param>
    /// <param name="step">Updates done.</param>
    /// <returns>The manifest.</returns>
    public static CheckpointManifest Of(string directory, int step) => new(step,
    [
        .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(f => new CheckpointFile(Path.GetRelativePath(directory, f), new FileInfo(f).Length, Hash(f)))
            .Where(f => f.Name != FileName)
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ]);

    /// <summary>Reads the manifest of a checkpoint and checks every file against it.</summary>
    /// <param name="directory">Folder of the checkpoint.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="MedicalGptException">The folder is not a checkpoint, or a file is missing or changed.</exception>
    public static CheckpointManifest Verify(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            throw new MedicalGptException($"--resume_from_checkpoint: {directory} is not a complete checkpoint (it has no {FileName}); give a checkpoint-N folder, or auto for the newest one in --output_dir");
        CheckpointManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<CheckpointManifest>(File.ReadAllText(path), Json);
        }
        catch (JsonException error)
        {
            throw new MedicalGptException($"{path} is not a manifest: {error.Message}; resume from another checkpoint", error);
        }

        foreach (var file in manifest?.Files ?? throw new MedicalGptException($"{path} is empty; resume from another checkpoint"))
            Verify(directory, file);
        return manifest;
    }

    /// <summary>Writes the manifest into its folder.</summary>
    /// <param name="directory">Folder.</param>
    public void Write(string directory) => File.WriteAllText(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, Json));

    internal static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static void Verify(string directory, CheckpointFile file)
    {
        var path = Path.GetFullPath(Path.Combine(directory, file.Name));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new MedicalGptException($"{Path.Combine(directory, FileName)} names a file outside its folder ({file.Name}); resume from another checkpoint");
        var info = new FileInfo(path);
        if (!info.Exists || info.Length != file.Bytes || Hash(path) != file.Sha256)
            throw new MedicalGptException($"checkpoint {directory} is damaged: {file.Name} {(info.Exists ? "differs from" : "is missing, but stands in")} its manifest; resume from another checkpoint");
    }
}
