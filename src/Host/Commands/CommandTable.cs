using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>All commands by name.</summary>
/// <param name="commands">The commands.</param>
internal sealed class CommandTable(IEnumerable<IHostCommand> commands)
{
    private readonly Dictionary<string, IHostCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>The commands, in the order given.</summary>
    public IReadOnlyCollection<IHostCommand> All => _commands.Values;

    /// <summary>A command.</summary>
    /// <param name="name">Its words, for example <c>train dpo</c>.</param>
    /// <returns>The command.</returns>
    /// <exception cref="MedicalGptException">There is no such command.</exception>
    public IHostCommand Get(string name)
    {
        if (_commands.TryGetValue(name, out var command))
            return command;
        throw new MedicalGptException("There is no such command.")
        {
            Given = name,
            Allowed = string.Join(", ", _commands.Keys),
            Remedy = OptionNames.Nearest(name, _commands.Keys) is { } nearest ? $"did you mean '{nearest}'?" : null,
        };
    }
}
