using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>The trained weights exactly as they are in memory, beside the layout that other tools read.</summary>
internal static class WeightFile
{
    public const string FileName = "trained_weights.safetensors";

    public static void Save(string path, IReadOnlyList<TrainedWeight> weights)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, weights.ToDictionary(w => w.Name, w => w.Value.detach(), StringComparer.Ordinal));
    }

    public static void Load(string path, IReadOnlyList<TrainedWeight> weights)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var tensors = TensorFile.Read(path);
        foreach (var weight in weights)
            weight.Value.copy_(TensorFile.Take(tensors, weight.Name, weight.Value.shape, path));
    }
}
