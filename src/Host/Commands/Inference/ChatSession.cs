using MedicalGpt.Data;
using MedicalGpt.Modeling;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>One dialogue with a model. Answers appear as they are drawn, never with half a character.</summary>
/// <param name="model">The model.</param>
/// <param name="encoder">Its tokenizer and template.</param>
/// <param name="stops">Tokens that end an answer.</param>
/// <param name="sampling">How answers are drawn.</param>
/// <param name="system">Instructions before the dialogue; null = none.</param>
/// <param name="output">Where answers go.</param>
internal sealed class ChatSession(CausalLanguageModel model, ExampleEncoder encoder, IReadOnlyCollection<int> stops, SamplingFlags sampling, string? system, TextWriter output)
{
    private readonly List<Message> _turns = [];
    private int _answers;

    /// <summary>Forgets the dialogue.</summary>
    public void Clear() => _turns.Clear();

    /// <summary>Answers a question, with everything said before in mind as far as it fits.</summary>
    /// <param name="question">What the person says.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="MedicalGptException">The question alone is longer than the model's context.</exception>
    public string Answer(string question, CancellationToken cancellation)
    {
        _turns.Add(new Message(Roles.User, question));
        var prompt = Fit();
        var tokens = Math.Min(sampling.MaxNewTokens, model.Options.MaxPositions - prompt.Length);
        var decoder = encoder.Tokenizer.StreamDecoder(skipSpecial: true);
        var request = new GenerationRequest([prompt], sampling.ToSampling() with { MaxNewTokens = tokens }, stops)
        {
            Seed = sampling.Seed,
            Step = _answers++,
            OnToken = (_, token) => Show(decoder.Add(token)),
        };
        var answer = new TextGenerator(model).Generate(request, cancellation)[0];
        Show(decoder.Finish() + Environment.NewLine);
        var text = encoder.Decode(answer.Ids);
        _turns.Add(new Message(Roles.Assistant, text));
        return text;
    }

    // Leaves out the oldest question and answer until the rest and the start of an answer fit.
    private int[] Fit()
    {
        while (true)
        {
            int[] prompt = encoder.EncodePrompt(system is null ? _turns : [new Message(Roles.System, system), .. _turns]);
            if (prompt.Length < model.Options.MaxPositions && (prompt.Length + sampling.MaxNewTokens <= model.Options.MaxPositions || _turns.Count == 1))
                return prompt;
            if (_turns.Count == 1)
                throw new MedicalGptException("The question is longer than the model's context.") { Given = $"{prompt.Length} tokens", Allowed = $"fewer than {model.Options.MaxPositions} tokens" };
            _turns.RemoveRange(0, 2);
        }
    }

    private void Show(string text)
    {
        output.Write(text);
        output.Flush();
    }
}
