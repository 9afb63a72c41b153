using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>down(act(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202).</summary>
/// <param name="gateUp">Gate, then up.</param>
/// <param name="down">Back to the residual stream.</param>
/// <param name="activation">act.</param>
internal sealed class GatedMlp(Projection gateUp, LinearLayer down, Activation activation)
{
    public IEnumerable<LinearLayer> Linears => [.. gateUp.Linears, down];

    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var parts = gateUp.Forward(x, pass);
        return down.Forward(parts[0], parts[1], activation, pass);
    }
}
