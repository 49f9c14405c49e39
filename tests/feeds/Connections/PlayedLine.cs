using System.Diagnostics.CodeAnalysis;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Realtime.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>A line whose other end is the test: it keeps what happened to it in order, and may stop reading.</summary>
internal sealed class PlayedLine(string id) : IConnectionLine
{
    /// <summary>What stands in <see cref="Happened"/> for the end that lets the client come back.</summary>
    public const string Requested = "(close requested)";

    /// <summary>What stands in <see cref="Happened"/> for the end that does not.</summary>
    public const string Aborted = "(aborted)";

    readonly CancellationTokenSource _gone = new();
    TaskCompletionSource? _stopped;

    public string Id => id;
    public CancellationToken Gone => _gone.Token;

    /// <summary>The events that were written, by name, and how the line was ended.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>Everything that was written.</summary>
    public List<Outgoing> Written { get; } = [];

    /// <summary>What the client was told when it was closed.</summary>
    public ConnectionClosing? Closing => Written.Select(ArgumentOf).OfType<ConnectionClosing>().SingleOrDefault();

    /// <summary>How often something was told.</summary>
    public int Told(string name) => Happened.Count(h => h == name);

    [MemberNotNull(nameof(_stopped))]
    public void StopReading() => _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn()
    {
        _stopped?.TrySetResult();
        _stopped = null;
    }

    /// <summary>How many there were in each write.</summary>
    public List<int> Writes { get; } = [];

    public async Task WriteAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation)
    {
        if (_stopped is { } stopped)
            await stopped.Task;
        Writes.Add(outgoing.Count);
        Written.AddRange(outgoing);
        Happened.AddRange(outgoing.Select(one => ((InvocationMessage)one.Message.Message!).Target));
    }

    public void RequestClose() => Happened.Add(Requested);

    public void Abort() => Happened.Add(Aborted);

    static object? ArgumentOf(Outgoing outgoing) => ((InvocationMessage)outgoing.Message.Message!).Arguments[0];
}
