using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>Named tensors of a checkpoint in a safetensors file, with errors that say what to do.</summary>
internal static class TensorFile
{
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors) => SafetensorsWriter.Save(path, tensors);

    public static Dictionary<string, Tensor> Read(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.LoadAll();
        }
        catch (Exception error) when (error is SafetensorsException or IOException)
        {
            throw new MedicalGptException($"{path} cannot be read: {error.Message}; resume from another checkpoint", error);
        }
    }

    /// <summary>A tensor of a file, checked against what the run has.</summary>
    public static Tensor Take(IReadOnlyDictionary<string, Tensor> tensors, string name, long[] shape, string path)
    {
        if (!tensors.TryGetValue(name, out var found))
            throw new MedicalGptException($"{path} has no tensor {name}, which this run trains; resume with the options of the run that wrote it (adapter, targets, ranks)");
        if (!found.shape.AsSpan().SequenceEqual(shape))
            throw new MedicalGptException($"{path}: tensor {name} has shape [{string.Join(", ", found.shape)}], this run has [{string.Join(", ", shape)}]; resume with the options of the run that wrote it");
        return found;
    }
}
