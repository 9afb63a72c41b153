using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>
/// Gradients of DoRA by hand (arXiv:2402.09353, section 4.3: the norms n = ‖W + s B A‖ of the rows are constants in backward).
/// y = m/n ∘ (W x + s B A x), L = Σ g ∘ y, u = g ∘ m/n:
/// ∂L/∂m = Σ_t g ∘ (W x + s B A x) / n, ∂L/∂B = s Σ_t u (A x)ᵀ, ∂L/∂A = s Σ_t Bᵀ u xᵀ, ∂L/∂x = (W + s B A)ᵀ u.
/// The formulas are held to differences in double precision, our fp32 gradients to the formulas.
/// </summary>
public sealed class DoraGradientTests
{
    private const int Tokens = 3, Outputs = 5, Inputs = 4, Rank = 2;
    private const double Scale = 0.75;

    private readonly Random random = new(11);

    [Fact]
    public void Gradients_are_those_derived_by_hand()
    {
        var (w, a, b) = (Draw(Outputs, Inputs), Draw(Rank, Inputs), Draw(Outputs, Rank));
        var (x, g, m) = (Draw(Tokens, Inputs), Draw(Tokens, Outputs), Draw(1, Outputs));
        var norms = Enumerable.Range(0, Outputs).Select(o => Math.Sqrt(Enumerable.Range(0, Inputs).Sum(i => Math.Pow(Adapted(w, a, b, o, i), 2)))).ToArray();
        var u = Make(Tokens, Outputs, (t, o) => g[t, o] * m[0, o] / norms[o]);
        var narrow = Make(Tokens, Rank, (t, r) => Enumerable.Range(0, Inputs).Sum(i => a[r, i] * x[t, i]));
        (string Name, double[,] Value, double[,] Gradient)[] derived =
        [
            ("x", x, Make(Tokens, Inputs, (t, i) => Enumerable.Range(0, Outputs).Sum(o => Adapted(w, a, b, o, i) * u[t, o]))),
            ("A", a, Make(Rank, Inputs, (r, i) => Scale * Sum((t, o) => b[o, r] * u[t, o] * x[t, i]))),
            ("B", b, Make(Outputs, Rank, (o, r) => Scale * Enumerable.Range(0, Tokens).Sum(t => u[t, o] * narrow[t, r]))),
            ("m", m, Make(1, Outputs, (_, o) => Enumerable.Range(0, Tokens).Sum(t => g[t, o] * Product(w, a, b, x, t, o) / norms[o]))),
        ];

        // L is linear in each of them, so central differences err by rounding only.
        foreach (var (name, value, gradient) in derived)
        {
            for (var i = 0; i < value.GetLength(0); i++)
            {
                for (var j = 0; j < value.GetLength(1); j++)
                {
                    var held = value[i, j];
                    double At(double by)
                    {
                        value[i, j] = held + by;
                        return Sum((t, o) => g[t, o] * m[0, o] / norms[o] * Product(w, a, b, x, t, o));
                    }

                    ((At(0.5) - At(-0.5)) / 1.0).ShouldBe(gradient[i, j], 1e-12, $"{name}[{i}, {j}]");
                    value[i, j] = held;
                }
            }
        }

        var (result, found) = Ours(w, a, b, m, x, g);
        Near(result, Make(Tokens, Outputs, (t, o) => m[0, o] / norms[o] * Product(w, a, b, x, t, o)), "y");
        foreach (var (name, _, gradient) in derived)
            Near(found[name], gradient, name);
    }

    private static (float[] Result, Dictionary<string, float[]> Gradients) Ours(double[,] w, double[,] a, double[,] b, double[,] m, double[,] x, double[,] g)
    {
        using var scope = NewDisposeScope();
        using var weight = Parameter("w", w, false);
        using var branch = new LoraBranch(Parameter("a", a, true), Parameter("b", b, true), Parameter("m", m, true, [Outputs]), Scale, 0);
        var input = ToTensor(x).requires_grad_();
        var result = branch.AddTo(weight.Multiply(input, ScalarType.Float32, null), weight.Multiply(input, ScalarType.Float32, null), input, weight, training: false);
        result.mul(ToTensor(g)).sum().backward();
        float[] Values(Tensor tensor) => tensor.detach().data<float>().ToArray();
        return (Values(result), new() { ["x"] = Values(input.grad!), ["A"] = Values(branch.A.Value.grad!), ["B"] = Values(branch.B.Value.grad!), ["m"] = Values(branch.Magnitude!.Value.grad!) });
    }

    private static ModelParameter Parameter(string name, double[,] values, bool trained, long[]? shape = null)
    {
        var parameter = new ModelParameter(name, shape ?? [values.GetLength(0), values.GetLength(1)]);
        parameter.Set(ToTensor(values).view(parameter.Shape), ScalarType.Float32, trained);
        return parameter;
    }

    private static Tensor ToTensor(double[,] values) => tensor(values.Cast<double>().Select(v => (float)v).ToArray()).view([values.GetLength(0), values.GetLength(1)]);

    private static double Adapted(double[,] w, double[,] a, double[,] b, int o, int i) => w[o, i] + Scale * Enumerable.Range(0, Rank).Sum(r => b[o, r] * a[r, i]);

    private static double Product(double[,] w, double[,] a, double[,] b, double[,] x, int t, int o) => Enumerable.Range(0, Inputs).Sum(i => Adapted(w, a, b, o, i) * x[t, i]);

    private static double Sum(Func<int, int, double> term) => Enumerable.Range(0, Tokens).Sum(t => Enumerable.Range(0, Outputs).Sum(o => term(t, o)));

    private static double[,] Make(int rows, int columns, Func<int, int, double> value)
    {
        var made = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                made[i, j] = value(i, j);
        }

        return made;
    }

    // Eighths between -2 and 2: exact in fp32.
    private double[,] Draw(int rows, int columns) => Make(rows, columns, (_, _) => random.Next(-16, 17) / 8.0);

    private static void Near(float[] found, double[,] expected, string name)
    {
        var wanted = expected.Cast<double>().ToArray();
        found.Length.ShouldBe(wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
            ((double)found[i]).ShouldBe(wanted[i], 1e-5 * Math.Max(1, Math.Abs(wanted[i])), $"{name}[{i}]");
    }
}
