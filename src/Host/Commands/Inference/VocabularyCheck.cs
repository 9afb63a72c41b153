namespace MedicalGpt.Host.Commands.Inference;

/// <summary>Checks token ids before they reach a model.</summary>
internal static class VocabularyCheck
{
    /// <summary>Checks ids against a vocabulary.</summary>
    /// <param name="ids">Token ids; at least one.</param>
    /// <param name="size">Tokens of the vocabulary.</param>
    /// <param name="place">Where the ids stand.</param>
    /// <exception cref="MedicalGptException">There is none, or one is outside.</exception>
    public static void Check(int[] ids, int size, string place)
    {
        if (ids.Length == 0)
            throw new MedicalGptException("The row is empty.") { Place = place, Allowed = "at least one token" };
        foreach (var id in ids)
            if (id >= size)
                throw new MedicalGptException("A token id is outside the model's vocabulary.") { Place = place, Given = $"{id}", Allowed = $"0 to {size - 1}", Remedy = "use the model's own tokenizer" };
    }
}
