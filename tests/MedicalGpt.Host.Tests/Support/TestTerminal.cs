using Spectre.Console;
using Spectre.Console.Rendering;

namespace MedicalGpt.Host.Tests.Support;

/// <summary>A console that keeps what is written. With typed lines it is a terminal at which somebody types them; without, a pipe.</summary>
internal sealed class TestTerminal : IAnsiConsole, IAnsiConsoleInput
{
    private readonly StringWriter _text = new();
    private readonly IAnsiConsole _console;
    private readonly Queue<ConsoleKeyInfo> _keys;

    public TestTerminal(params string[] typed)
    {
        _keys = new Queue<ConsoleKeyInfo>(typed.SelectMany(line => line.Select(Key).Append(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false))));
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = typed.Length > 0 ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(_text),
        });
        _console.Profile.Width = 160;
    }

    public string Text => _text.ToString();

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.TryDequeue(out var key) ? key : throw new EndOfStreamException($"a question without an answer:\n{Text}");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));

    private static ConsoleKeyInfo Key(char letter) => new(letter, ConsoleKey.NoName, false, false, false);
}
