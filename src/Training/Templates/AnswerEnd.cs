using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>The token that a template writes behind an answer, found by rendering one: the first special token behind the assistant's words.</summary>
/// <param name="Token">The token; null = the template writes none, and answers end with the tokenizer's end of sequence.</param>
/// <param name="Id">Its id.</param>
public sealed record AnswerEnd(string? Token, int? Id)
{
    private static readonly Message Question = new(Roles.User, "Where does it hurt?");

    private static readonly Message Answer = new(Roles.Assistant, "Here.");

    /// <summary>Asks a template.</summary>
    /// <param name="template">The template; null = none.</param>
    /// <param name="tokenizer">The tokenizer, which knows what is a token.</param>
    /// <returns>The token, or none.</returns>
    public static AnswerEnd Of(IChatTemplate? template, Tokenizer tokenizer)
    {
        if (template is null)
            return new AnswerEnd(null, null);
        foreach (var prompt in (Message[][])[[Question], [new(Roles.System, "You are a doctor."), Question]])
            if (Tail(template, [.. prompt, Answer]) is { } tail)
                return First(tail, tokenizer);
        return new AnswerEnd(null, null);
    }

    private static string? Tail(IChatTemplate template, IReadOnlyList<Message> messages)
    {
        try
        {
            var chat = template.Render(messages, null, addGenerationPrompt: false);
            var last = chat.Content.LastOrDefault(c => c.Message == messages.Count - 1);
            return last.End > 0 ? chat.Text[last.End..] : null;
        }
        catch (MedicalGptException)
        {
            return null; // the template wants another kind of dialogue
        }
    }

    private static AnswerEnd First(string tail, Tokenizer tokenizer)
    {
        var end = tokenizer.Config.EosToken is { } eos ? tokenizer.IdOf(eos) : null;
        foreach (var token in tokenizer.EncodeWithOffsets(tail))
            if (tokenizer.IsSpecial(token.Id) || token.Id == end)
                return new AnswerEnd(tokenizer.TokenOf(token.Id), token.Id);
        return new AnswerEnd(null, null);
    }
}
