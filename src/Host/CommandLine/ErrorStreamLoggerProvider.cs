using Microsoft.Extensions.Logging;

namespace MedicalGpt.Host.CommandLine;

/// <summary>Logs go to the error stream, a line each, so that standard output stays what a command answers.</summary>
internal sealed class ErrorStreamLoggerProvider : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new ErrorStreamLogger(categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class ErrorStreamLogger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            Console.Error.WriteLine(logLevel >= LogLevel.Warning ? $"{(logLevel == LogLevel.Warning ? "warning" : "error")}: {text}" : $"{category}: {text}");
            if (exception is not null)
                Console.Error.WriteLine(exception);
        }
    }
}
