using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Several linear maps of the same input: a layer each (Llama, Qwen), or one layer whose output is cut (Phi-3's <c>qkv_proj</c> and <c>gate_up_proj</c>).</summary>
/// <param name="linears">One layer per part, or one for all parts.</param>
/// <param name="widths">Width of each part, in the order in which a fused layer holds them.</param>
internal sealed class Projection(LinearLayer[] linears, long[] widths)
{
    public IReadOnlyList<LinearLayer> Linears => linears;

    /// <summary>Maps tokens.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>Per part [N, width].</returns>
    public IReadOnlyList<Tensor> Forward(Tensor x, LayerPass pass) => linears.Length == 1 && widths.Length > 1
        ? linears[0].Forward(x, pass.Compute, pass.Adapter, pass.Dropout).split(widths, -1)
        : [.. linears.Select(linear => linear.Forward(x, pass.Compute, pass.Adapter, pass.Dropout))];
}
