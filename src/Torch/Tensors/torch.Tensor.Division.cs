namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None,

        /// <summary>Towards zero.</summary>
        trunc,

        /// <summary>Down.</summary>
        floor,
    }

    /// <summary>left / right, elementwise.</summary>
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <summary>left / right, elementwise.</summary>
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public partial class Tensor
    {
        /// <summary>this / target, elementwise.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div(this, target) : Aten.div(this, target, rounding_mode.ToString());

        /// <summary>this / target, elementwise.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div(this, target) : Aten.div(this, target, rounding_mode.ToString());

        /// <summary>this / target, in place.</summary>
        public Tensor div_(Tensor target) => Aten.div_(this, target);

        /// <summary>this / target, in place.</summary>
        public Tensor div_(Scalar target) => Aten.div_(this, target);
    }
}
