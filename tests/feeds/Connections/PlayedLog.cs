using Microsoft.Extensions.Logging;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>Keeps what was logged: the id of each event and its fields.</summary>
internal sealed class PlayedLog : ILogger
{
    public List<(int Id, IReadOnlyDictionary<string, object?> Fields)> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Add((eventId.Id, ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(field => field.Key, field => field.Value)));
}
