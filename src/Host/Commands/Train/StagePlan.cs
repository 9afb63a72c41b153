using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>A checked training stage.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Algorithm">The algorithm's component.</param>
/// <param name="AlgorithmOptions">Its bound options.</param>
/// <param name="Trainer">The trainer's options.</param>
/// <param name="Components">Dataset and rewards.</param>
/// <param name="Resolution">All options with provenance.</param>
internal sealed record StagePlan(
    string Name,
    RegisteredComponent<IAlgorithm> Algorithm,
    object AlgorithmOptions,
    TrainerOptions Trainer,
    TrainComponents Components,
    OptionResolution Resolution);
