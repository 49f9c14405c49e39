using System.Diagnostics;

namespace ChatGenius.Hosting.Telemetry;

/// <summary>The steps of a message that no library traces by itself. Without somebody who listens nothing is made. Thread-safe.</summary>
public static class Traces
{
    /// <summary>Their source's name.</summary>
    public const string Name = "ChatGenius";

    static readonly ActivitySource s_source = new(Name);

    /// <summary>True when somebody listens.</summary>
    public static bool AreOn => s_source.HasListeners();

    /// <summary>The W3C trace parent of what runs here; null when nobody listens, or it is not traced.</summary>
    public static string? Here => AreOn ? Activity.Current?.Id : null;

    /// <summary>Begins a step that several callers share: it belongs to the trace of the first and is linked to those of the others. Null when nobody listens.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="causes">W3C trace parents; null for a caller that is not traced.</param>
    public static Activity? StartShared(string name, IEnumerable<string?> causes)
    {
        if (!AreOn)
            return null;
        var contexts = causes.Select(Parse).Where(context => context != default).Distinct().ToList();
        return contexts.Count == 0 ? s_source.StartActivity(name) : s_source.StartActivity(name, ActivityKind.Internal, contexts[0], links: contexts.Skip(1).Select(c => new ActivityLink(c)));
    }

    /// <summary>Begins a step that a message from elsewhere causes. Null when nobody listens, or the message is not traced.</summary>
    public static Activity? Start(string name, ActivityKind kind, string? cause) => cause is not null && AreOn ? Start(name, kind, Parse(cause)) : null;

    /// <summary>Begins a step of a trace. Null when nobody listens, or there is no trace.</summary>
    public static Activity? Start(string name, ActivityKind kind, ActivityContext cause) => cause != default ? s_source.StartActivity(name, kind, cause) : null;

    /// <summary>Takes what runs from here on, without end, out of the trace of whatever began it. Effective in the calling async method.</summary>
    public static void Leave() => Activity.Current = null;

    static ActivityContext Parse(string? trace) => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default;
}
