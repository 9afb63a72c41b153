using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Training;

/// <summary>Writes folders as a whole or not at all, and keeps the newest.</summary>
/// <param name="directory">The run's folder.</param>
/// <param name="limit">Most checkpoints that are kept; null = all.</param>
internal sealed class CheckpointStore(RunDirectory directory, int? limit)
{
    /// <summary>Writes a checkpoint: temporary folder, files, flush, manifest, flush, rename.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <returns>The checkpoint's folder.</returns>
    public string Write(int step, Action<string> fill)
    {
        var target = directory.Checkpoint(step);
        InTemporary(target, temporary =>
        {
            fill(temporary);
            DurableFiles.FlushTree(temporary);
            CheckpointManifest.Of(temporary, step).Write(temporary);
            DurableFiles.FlushTree(temporary);
            if (Directory.Exists(target))
                Directory.Delete(target, recursive: true);
            Directory.Move(temporary, target);
            DurableFiles.FlushDirectory(directory.Root);
        });
        Prune();
        return target;
    }

    /// <summary>Writes the result of the run into its folder; each file appears only when it is whole.</summary>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    public void WriteResult(Action<string> fill) => InTemporary(Path.Combine(directory.Root, "result"), temporary =>
    {
        fill(temporary);
        DurableFiles.FlushTree(temporary);
        var tokenizer = TokenizerCopy.FilesIn(temporary);
        if (tokenizer.Count > 0)
        {
            foreach (var earlier in TokenizerCopy.FilesIn(directory.Root).Except(tokenizer)) // such as the chat template of the run that this one replaces
                File.Delete(Path.Combine(directory.Root, earlier));
        }

        foreach (var file in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(directory.Root, Path.GetRelativePath(temporary, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }

        Directory.Delete(temporary, recursive: true);
        DurableFiles.FlushDirectory(directory.Root);
    });

    /// <summary>Finds the checkpoint that <c>--resume_from_checkpoint</c> means.</summary>
    /// <param name="asked">A folder or <c>auto</c>.</param>
    /// <returns>Folder; null when <c>auto</c> finds none.</returns>
    public string? Find(string asked)
    {
        if (!asked.Equals("auto", StringComparison.OrdinalIgnoreCase) && !asked.Equals("true", StringComparison.OrdinalIgnoreCase))
            return Directory.Exists(asked) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked)) : throw new MedicalGptException($"--resume_from_checkpoint: the folder {asked} does not exist; give a checkpoint-N folder, or auto for the newest one in --output_dir");
        var found = directory.Checkpoints();
        return found.Count == 0 ? null : found[^1].Path;
    }

    private void InTemporary(string target, Action<string> work)
    {
        var temporary = Path.Combine(directory.Root, ".tmp-" + Path.GetFileName(target));
        try
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            Directory.CreateDirectory(temporary);
            work(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SafetensorsException)
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            throw new MedicalGptException("The run cannot be saved. Earlier checkpoints are untouched.", error) { Place = target, Given = error.Message, Remedy = "free some disk space or choose another --output-dir, then continue with --resume-from-checkpoint auto" };
        }
    }

    private void Prune()
    {
        if (limit is not { } keep)
            return;
        var all = directory.Checkpoints();
        foreach (var (_, path) in all.Take(Math.Max(0, all.Count - keep)))
            directory.Write(() => Directory.Delete(path, recursive: true));
    }
}
