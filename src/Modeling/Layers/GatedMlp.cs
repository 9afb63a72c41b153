using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>down(act(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202).</summary>
internal sealed class GatedMlp(LinearLayer gate, LinearLayer up, LinearLayer down)
{
    public IEnumerable<LinearLayer> Linears => [gate, up, down];

    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var gated = nn.functional.silu(gate.Forward(x, pass.Compute, pass.Adapter, pass.Dropout));
        var wide = gated.mul(up.Forward(x, pass.Compute, pass.Adapter, pass.Dropout));
        return down.Forward(wide, pass.Compute, pass.Adapter, pass.Dropout);
    }
}
