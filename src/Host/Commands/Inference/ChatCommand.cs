using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary><c>medgpt chat</c>: a dialogue in the terminal, or with lines from a pipe.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
internal sealed class ChatCommand(InstalledComponents components, Compute compute) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "chat";

    /// <inheritdoc/>
    public string Summary => "Talk with a model in the terminal.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [.. InferenceModelOptions.Descriptors, SamplingFlags.Descriptor, ChatOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "/clear forgets the dialogue, /exit (or the end of input) ends it. Lines may come from a pipe: one question per line. Answers are a model's output, not medical advice.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (model, sampling, options) = (InferenceModelOptions.Bind(resolution), resolution.Bind<SamplingFlags>(), resolution.Bind<ChatOptions>());
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var first = Console.IsInputRedirected ? await Console.In.ReadLineAsync(cancellation) : null;
            if (Console.IsInputRedirected && first is null)
                throw new MedicalGptException("There is nobody to talk to.") { Place = "medgpt chat", Given = "standard input is neither a terminal nor a pipe with lines", Remedy = "start it in a terminal, or pipe questions into it, one per line" };
            var encoder = ExampleEncoder.Load(model.Tokenizer ?? model.Model, model.ToTemplate());
            int[] stops = [.. encoder.StopIds.Union(StopIds.Of(model.Model))];
            var loaded = await compute.RunAsync(model.Threads, () => components.Models().LoadCausal(model.Model, model.ToLoad()));
            try
            {
                var session = new ChatSession(loaded, encoder, stops, sampling, options.System, Console.Out);
                await TalkAsync(session, model.Threads, first, cancellation);
            }
            finally
            {
                await compute.RunAsync(0, () =>
                {
                    loaded.Dispose();
                    return true;
                });
            }

            return CommandResult.Success;
        });
    }

    private async Task TalkAsync(ChatSession session, int threads, string? first, CancellationToken cancellation)
    {
        for (var line = first ?? await AskAsync(cancellation); line is not null; line = await AskAsync(cancellation))
        {
            var question = line.Trim();
            if (question == "/exit")
                return;
            if (question == "/clear")
                session.Clear();
            else if (question.Length > 0)
                await compute.RunAsync(threads, () => session.Answer(question, cancellation));
        }
    }

    private static async Task<string?> AskAsync(CancellationToken cancellation)
    {
        if (!Console.IsInputRedirected)
            await Console.Out.WriteAsync("> ");
        return await Console.In.ReadLineAsync(cancellation);
    }
}
