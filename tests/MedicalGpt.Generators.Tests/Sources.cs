namespace MedicalGpt.Generators.Tests;

/// <summary>Option records that the tests compile.</summary>
internal static class Sources
{
    /// <summary>Every supported type once.</summary>
    public const string EveryType = """
        namespace Samples;

        /// <summary>Kinds of loss.</summary>
        public enum Loss { Sigmoid, DrGrpo, [OptionName("bnpo")] BatchNormalized }

        /// <summary>Every type that an option may have.</summary>
        [Options("every")]
        public sealed partial record EveryOptions
        {
            private const double HalfLife = 0.5;

            /// <summary>A switch.</summary>
            public bool Shuffle { get; init; } = true;

            /// <summary>A count of <see cref="Epochs"/>.</summary>
            [Range(1, int.MaxValue)] [Unit("epochs")] public int Epochs { get; init; } = 3;

            /// <summary>A large count.</summary>
            public long MaxTokens { get; init; } = 5_000_000_000;

            /// <summary>Learning rate.</summary>
            [Range(0, 1, MinExclusive = true)] [Alias("lr")] public double LearningRate { get; init; } = 5e-6;

            /// <summary>A decay.</summary>
            public double Decay { get; init; } = HalfLife / 2;

            /// <summary>A limit that may be infinite.</summary>
            [Range(0, double.PositiveInfinity, AllowInfinity = true)] public double MaxGradNorm { get; init; } = 1.0;

            /// <summary>A name.</summary>
            public string RunName { get; init; } = "say \"hi\" \\ 你好";

            /// <summary>The loss.</summary>
            public Loss LossType { get; init; } = Loss.DrGrpo;

            /// <summary>A switch that may be open.</summary>
            public bool? Packing { get; init; }

            /// <summary>A count that may be open.</summary>
            [Range(1, 100)] public int? MaxSteps { get; init; }

            /// <summary>A number that may be open.</summary>
            public double? Target { get; init; } = 6;

            /// <summary>A text that may be open.</summary>
            public string? Adapter { get; init; }

            /// <summary>A choice that may be open.</summary>
            public Loss? Fallback { get; init; }

            /// <summary>Texts.</summary>
            public string[] Stop { get; init; } = ["a", "b"];

            /// <summary>Numbers.</summary>
            [Range(0, 1)] public double[] Weights { get; init; } = [0.5, 1];

            /// <summary>Whole numbers.</summary>
            public int[]? Layers { get; init; }

            /// <summary>Names of columns.</summary>
            public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
        }
        """;

    /// <summary>A trainer's record, with accepted names and a secret.</summary>
    public const string Trainer = """
        [assembly: AcceptedWithoutEffect("report_to", "curves are always written")]

        namespace Samples;

        /// <summary>The trainer.</summary>
        [Options("trainer")]
        [AcceptedWithoutEffect("remove_unused_columns", "columns are chosen by the dataset")]
        [Preset("trl", "learning_rate", 5e-5)]
        [Preset("trl", "warmup_steps", 7)]
        public sealed partial record TrainerOptions
        {
            /// <summary>Folder of the model.</summary>
            [Required] public string ModelNameOrPath { get; init; } = "";

            /// <summary>Learning rate of the optimiser.</summary>
            [Range(0, 1)] public double LearningRate { get; init; } = 1e-3;

            /// <summary>Warm-up.</summary>
            [Range(0, int.MaxValue)] [Unit("steps")] public int WarmupSteps { get; init; }

            /// <summary>Mixed precision.</summary>
            public bool Bf16 { get; init; }

            /// <summary>Named choice of defaults.</summary>
            public string Preset { get; init; } = "medgpt";

            /// <summary>Key of the hub.</summary>
            [Secret] [Hidden] public string? HubToken { get; init; }

            /// <summary>Folder with rows.</summary>
            [PathExists(PathKind.Directory)] public string? TrainFileDir { get; init; }
        }
        """;

    /// <summary>An algorithm's record beside it.</summary>
    public const string Dpo = """
        namespace Samples;

        /// <summary>Direct preference optimisation.</summary>
        [Options("dpo")]
        [StageDefault("learning_rate", 5e-6)]
        [Preset("trl", "learning_rate", 1e-6)]
        public sealed partial record DpoOptions
        {
            /// <summary>Strength of the KL constraint.</summary>
            [Range(0.0, 10.0)] [Alias("lambda_orpo", "kl_beta")] public double Beta { get; init; } = 0.1;

            /// <summary>Share of swapped labels.</summary>
            [Range(0, 0.5, MaxExclusive = true)] public double LabelSmoothing { get; init; }

            partial void OnValidate(OptionErrors errors)
            {
                if (Beta == 0 && LabelSmoothing > 0)
                    errors.Conflict("label_smoothing", "has no meaning with beta 0", "set --beta above 0");
            }
        }
        """;
}
