using System.Runtime.CompilerServices;

namespace ChatGenius.Client;

public sealed partial class ChatClient
{
    readonly List<ConnectionOnlooker> _onlookers = [];
    ConnectionCause _cause;

    /// <summary>Raised at each transition of the connection. Handlers must be quick; what one throws is logged and harms nobody else.</summary>
    public event Action<ConnectionChange>? StateChanged;

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>The present state (as a transition to itself, with what led to it), and then every transition, until cancelled. Of one who looks seldom the newest 128 are kept.</summary>
    public async IAsyncEnumerable<ConnectionChange> StatesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var onlooker = new ConnectionOnlooker(_options.Time);
        lock (_gate)
        {
            onlooker.Put(new ConnectionChange(State, State, _cause));
            _onlookers.Add(onlooker);
        }
        try
        {
            while (!cancellation.IsCancellationRequested)
                if (onlooker.Take() is { } change)
                    yield return change;
                else
                    await onlooker.Wakeup.WaitAsync(null, cancellation);
        }
        finally
        {
            lock (_gate)
                _onlookers.Remove(onlooker);
        }
        cancellation.ThrowIfCancellationRequested();
    }

    void Become(ConnectionState state, ConnectionCause cause)
    {
        ConnectionChange change;
        lock (_gate)
        {
            // An attempt that failed is a transition, too, if one to where it was.
            if (State == state && state != ConnectionState.Connecting)
                return;
            change = new ConnectionChange(State, state, cause);
            (State, _cause) = (state, cause);
            foreach (var onlooker in _onlookers)
                onlooker.Put(change);
        }
        LogTransition(change.From, change.To, cause);
        Handlers.Tell(StateChanged, change, LogHandlerFailed);
    }
}
