using MedicalGpt.Torch.Modules;

namespace MedicalGpt.Torch.Extras;

/// <summary>Reads and writes AdamW's state, for checkpoints.</summary>
public static class AdamWStateAccess
{
    /// <summary>The state of one parameter (live: updates change it).</summary>
    public static AdamWState StateOf(this AdamW optimizer, Parameter parameter) => optimizer.StateOf(parameter);
}
