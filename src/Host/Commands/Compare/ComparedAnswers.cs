namespace MedicalGpt.Host.Commands.Compare;

/// <summary>A model's answers to all prompts.</summary>
/// <param name="Model">The model.</param>
/// <param name="Answers">Texts, in the order of the prompts.</param>
/// <param name="Finished">Whether the model ended each itself.</param>
/// <param name="Rewards">Total reward of each; not a number where no function applies.</param>
internal sealed record ComparedAnswers(ComparedModel Model, IReadOnlyList<string> Answers, IReadOnlyList<bool> Finished, IReadOnlyList<double> Rewards)
{
    /// <summary>Accuracy over some prompts.</summary>
    /// <param name="rows">Indices of the prompts.</param>
    /// <returns>Accuracy.</returns>
    public Accuracy Over(IEnumerable<int> rows) => Accuracy.Of([.. rows.Select(row => Rewards[row]).Where(reward => !double.IsNaN(reward))]);

    /// <summary>Accuracy over all prompts.</summary>
    public Accuracy Overall => Over(Enumerable.Range(0, Rewards.Count));
}
