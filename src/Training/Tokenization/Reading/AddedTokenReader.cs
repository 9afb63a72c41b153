namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>added_tokens</c>.</summary>
internal static class AddedTokenReader
{
    /// <summary>Reads the tokens and checks their ids against the model's.</summary>
    public static IReadOnlyList<AddedToken> Read(JsonPlace tokens, ITokenModel model, INormalizer normalizer)
    {
        if (tokens.IsNull)
            return [];
        var added = new Dictionary<string, AddedToken>();
        var byId = new Dictionary<int, string>();
        foreach (var place in tokens.Items())
        {
            var content = place["content"].Text();
            if (content.Length == 0)
                throw place["content"].Expected("text");
            var id = place["id"].Index(Vocabulary.Limit);
            if (model.IdOf(content) is { } known && known != id)
                throw place["id"].Expected($"{known}, the id of {content} in model.vocab");
            var other = byId.TryGetValue(id, out var earlier) ? earlier : id < model.Tokens.Length ? model.Tokens[id] : null;
            if (other is not null && other != content)
                throw place["id"].Expected($"an id of its own: {id} is the token \"{other}\"");
            byId[id] = content;
            var token = new AddedToken(id, content, place["special"].Flag(), place["normalized"].Flag(), place["single_word"].Flag(), place["lstrip"].Flag(), place["rstrip"].Flag());
            added[content] = token.Normalized ? token with { Pattern = normalizer.Normalize(NormalizedText.Of(content)).Text } : token;
        }

        return [.. added.Values];
    }
}
