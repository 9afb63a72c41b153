using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Chat template and tokenizer behind one door, so that masks are made the same way for every algorithm.</summary>
public interface IExampleEncoder
{
    /// <summary>Tokens that end an answer, in generation and training alike.</summary>
    IReadOnlyList<int> StopIds { get; }

    /// <summary>The end-of-sequence token that closes plain text.</summary>
    int EndOfTextId { get; }

    /// <summary>The padding token (never a stop token's stand-in in masks).</summary>
    int PadId { get; }

    /// <summary>Encodes plain text without special tokens.</summary>
    /// <param name="text">Text.</param>
    /// <returns>Token ids.</returns>
    int[] EncodeText(string text);

    /// <summary>Encodes a dialogue through the chat template.</summary>
    /// <param name="conversation">The dialogue.</param>
    /// <returns>Token ids and, for each, whether the assistant wrote it (its end-of-turn token included).</returns>
    EncodedConversation EncodeConversation(Conversation conversation);

    /// <summary>Encodes the dialogue before an answer, up to and including the assistant's header.</summary>
    /// <param name="messages">Turns before the answer.</param>
    /// <param name="toolsJson">JSON array of tool schemas that the dialogue may use; null = none.</param>
    /// <returns>Token ids.</returns>
    int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null);

    /// <summary>Encodes an answer with its end-of-turn token, as it stands behind <see cref="EncodePrompt"/>.</summary>
    /// <param name="answer">Answer text.</param>
    /// <returns>Token ids.</returns>
    int[] EncodeAnswer(string answer);

    /// <summary>
    /// Encodes turns that follow a prompt, tool calls and their results included, as they stand behind <see cref="EncodePrompt"/>. It ends with the end-of-turn token of the last turn that is learned;
    /// for one assistant turn of plain text it is <see cref="EncodeAnswer"/>.
    /// </summary>
    /// <param name="prompt">Turns before the answer.</param>
    /// <param name="answer">Turns of the answer; the first is the assistant's.</param>
    /// <param name="toolsJson">JSON array of tool schemas that the dialogue may use; null = none.</param>
    /// <returns>Token ids and, for each, whether the assistant wrote it (its end-of-turn token included).</returns>
    /// <exception cref="MedicalGptException">The answer does not begin with an assistant turn, or the template writes the prompt otherwise once an answer follows.</exception>
    EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null);

    /// <summary>Decodes tokens, special tokens left out.</summary>
    /// <param name="ids">Token ids.</param>
    /// <returns>Text.</returns>
    string Decode(IReadOnlyList<int> ids);

    /// <summary>Decodes tokens for people to look at, special tokens shown.</summary>
    /// <param name="ids">Token ids.</param>
    /// <returns>Text.</returns>
    string DecodeAll(IReadOnlyList<int> ids) => Decode(ids);
}
