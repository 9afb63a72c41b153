namespace MedicalGpt.Training;

/// <summary>Something that happened in a run.</summary>
public abstract record TrainingReport;
