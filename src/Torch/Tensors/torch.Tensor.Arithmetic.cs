namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        /// <summary>Sum, elementwise.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(double left, Tensor right) => Aten.rsub(right, left);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(float left, Tensor right) => Aten.rsub(right, left);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(long left, Tensor right) => Aten.rsub(right, left);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        /// <summary>Difference, elementwise.</summary>
        public static Tensor operator -(int left, Tensor right) => Aten.rsub(right, left);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        /// <summary>Product, elementwise.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        /// <summary>Quotient, elementwise.</summary>
        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);

        /// <summary>The nearest whole number, half to even, or the nearest number of that many decimals.</summary>
        public Tensor round(long decimals = 0)
        {
            if (decimals == 0) return Aten.round(this);
            using var scaled = mul(Math.Pow(10, decimals));
            using var rounded = Aten.round(scaled);
            return rounded.div(Math.Pow(10, decimals));
        }

        private static Tensor Quotient(Scalar left, Tensor right)
        {
            using var numerator = torch.full([], left, right.is_floating_point() ? right.dtype : null, right.device);
            return numerator.div(right);
        }
    }
}
