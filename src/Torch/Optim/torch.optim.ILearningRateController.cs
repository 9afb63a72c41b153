namespace MedicalGpt.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something whose learning rate a schedule sets.</summary>
        public interface ILearningRateController
        {
            /// <summary>Rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>Rate that schedules scale.</summary>
            double InitialLearningRate { get; set; }
        }
    }
}
