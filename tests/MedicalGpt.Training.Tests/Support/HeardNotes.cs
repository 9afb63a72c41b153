namespace MedicalGpt.Training.Tests;

/// <summary>Keeps what a run says.</summary>
internal sealed class HeardNotes(List<NoteReport> notes) : ITrainingProgress
{
    public void Report(TrainingReport report)
    {
        if (report is NoteReport note)
            notes.Add(note);
    }
}
