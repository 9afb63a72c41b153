using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Modules;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019, arXiv:1711.05101), with torch's order of operations:
/// p := p (1 - lr wd); m := m + (1 - beta1)(g - m); v := beta2 v + (1 - beta2) g^2; p := p - lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps).
/// </summary>
public sealed partial class AdamW : optim.Optimizer
{
    private readonly List<ParamGroup> groups = [];
    private readonly Dictionary<Parameter, AdamWState> states = [];

    /// <summary>One group of parameters.</summary>
    public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
        add_param_group(new ParamGroup(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));

    /// <summary>Groups with settings of their own; the other arguments are those that a group without its own would have.</summary>
    public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        foreach (var group in parameters) add_param_group(group);
    }

    /// <inheritdoc/>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => groups;

    /// <summary>Decay of the two moving averages of the first group.</summary>
    public (double, double) Betas
    {
        get => groups[0].Betas;
        set
        {
            foreach (var group in groups) group.Betas = value;
        }
    }

    /// <summary>Adds a group; a parameter belongs to one only.</summary>
    public void add_param_group(ParamGroup param_group)
    {
        foreach (var parameter in param_group.Parameters)
        {
            if (!states.TryAdd(parameter, new AdamWState())) throw new TorchException($"AdamW: a parameter {parameter} is given twice; each belongs to one group.");
        }

        groups.Add(param_group);
    }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => groups.SelectMany(g => g.Parameters);

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var grads = enable_grad();
            loss = closure();
        }

        using var quiet = no_grad();
        foreach (var group in groups)
        {
            foreach (var parameter in group.Parameters)
            {
                using var scope = NewDisposeScope();
                if (parameter.grad is { } gradient) Update(group, parameter, states[parameter], group.Maximize ? -gradient : gradient);
            }
        }

        return loss;
    }

    internal AdamWState StateOf(Parameter parameter) =>
        states.TryGetValue(parameter, out var state) ? state : throw new TorchException($"AdamW: a parameter {parameter} is not one of this optimiser.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var state in states.Values) state.Dispose();
    }

    private static void Update(ParamGroup group, Parameter parameter, AdamWState state, Tensor gradient)
    {
        state.Prepare(parameter, group.Amsgrad);
        var (beta1, beta2) = group.Betas;
        state.Step++;
        if (group.WeightDecay != 0) parameter.mul_(1 - (group.LearningRate * group.WeightDecay));
        Aten.lerp_(state.FirstMoment!, gradient, 1 - beta1);
        state.SecondMoment!.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        var correction1 = 1 - Math.Pow(beta1, state.Step);
        var correction2 = 1 - Math.Pow(beta2, state.Step);
        var second = state.SecondMoment;
        if (group.Amsgrad) second = state.MaximumSecondMoment!.copy_(state.MaximumSecondMoment.maximum(second));
        var denominator = second.sqrt().div_(Math.Sqrt(correction2)).add_(group.Epsilon);
        parameter.addcdiv_(state.FirstMoment!, denominator, -group.LearningRate / correction1);
    }
}
