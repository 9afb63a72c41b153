namespace MedicalGpt.Training;

/// <summary>How much one collection takes and gives.</summary>
/// <param name="Examples">Rows it takes.</param>
/// <param name="Updates">Optimiser updates it gives.</param>
public readonly record struct CollectShape(int Examples, int Updates)
{
    /// <summary>Rows left over at the end of an epoch are not collected (a group or rollout batch must be whole).</summary>
    public bool DropIncomplete { get; init; }

    /// <summary>The learning rate moves once per collection instead of once per update (TRL's PPO).</summary>
    public bool ScheduleOncePerCollect { get; init; }

    /// <summary>Collections of the whole run where the algorithm fixes them (PPO's <c>total_episodes</c>); null = from epochs. <c>max_steps</c> goes before it, it goes before <c>num_train_epochs</c>.</summary>
    public int? Collections { get; init; }
}
