namespace MedicalGpt.Training.Templates;

/// <summary>An encoder that tells what of the rows its chat template does not write.</summary>
internal interface ITemplateOmissions
{
    /// <summary>What was left out since the last time this was asked, each once: for example "the system turn".</summary>
    IReadOnlyList<string> TakeOmissions();
}
