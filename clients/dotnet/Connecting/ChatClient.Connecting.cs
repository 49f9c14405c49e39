using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Client;

public sealed partial class ChatClient
{
    readonly QualityMeter _quality = new();
    TimeSpan _reportAt = QualityMeter.Interval;
    volatile bool _networkIsDown;
    bool _hurry;

    /// <summary>The transport of the connection: <c>webSockets</c>, <c>serverSentEvents</c> or <c>longPolling</c>; null when there is none.</summary>
    public string? Transport
    {
        get
        {
            lock (_gate)
                return _line?.Line.Transport;
        }
    }

    /// <summary>This machine lost its network, or has it back: then there is nothing to wait for, and a connection that still stands may have missed something.</summary>
    internal void NetworkIs(bool up)
    {
        lock (_gate)
            (_networkIsDown, _hurry) = (!up, up);
        if (up)
            Compare();
    }

    // One turn for each line: connect, keep in sync until it ends, do what its end asks for.
    async Task RunAsync()
    {
        await Task.Yield();
        var cause = ConnectionCause.Started;
        for (var failures = 0; !_stopped.IsCancellationRequested;)
        {
            if (State != ConnectionState.Connecting)
                Become(ConnectionState.Connecting, cause);
            var line = new OpenLine(this);
            var end = Named(await UseAsync(line));
            if (_stopped.IsCancellationRequested)
                break;
            failures = line.WasLive ? 0 : failures + 1;
            var next = ConnectionRule.After(end.Cause, line.Said, Math.Max(0, failures - 1), _options);
            if (next.RenewsFirst && await RenewAsync(line) is { Cause: ConnectionCause.SessionEnded } ended)
                (next, end) = (new ComingBack(false, false, TimeSpan.Zero), ended);
            cause = end.Cause;
            if (next.ComesBack)
            {
                LogLost(cause, end.Detail, next.Wait);
                _quality.Ended(cause, Now);
                Become(cause == ConnectionCause.NoNetwork ? ConnectionState.Offline : ConnectionState.Connecting, cause);
                await WaitOutAsync(next.Wait);
                continue;
            }
            LogEnded(cause, end.Detail);
            Become(ConnectionState.Offline, cause);
            if (cause is not (ConnectionCause.SessionEnded or ConnectionCause.SignedOut))
                return;
            _tokens.Forget(line.Session);
            await SignedInAsync();
            cause = ConnectionCause.Started;
        }
        Become(ConnectionState.Offline, ConnectionCause.Stopped);
    }

    async Task<LineEnd> UseAsync(OpenLine line)
    {
        await using var closing = line.Line;
        try
        {
            line.Session = _tokens.Session;
            line.Token = await _tokens.GetAsync(_stopped.Token);
            if (line.Token is null)
                return new LineEnd(ConnectionCause.SignedOut, "nobody is signed in");
            if (UserId is { } me)
                await Outbox.RestoreAsync(me);
            await Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => line.Line.StartAsync(line.Token, bounded), _stopped.Token);
            lock (_gate)
                _line = line;
            _ = WakeAtEndAsync(line);
            Do((plan, now) => plan.Opened(now));
            await Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => RestorePresenceAsync(line.Line, bounded), _stopped.Token);
            await KeepInSyncAsync(line);
            return line.Said is { } said ? LineEnds.Of(said) : line.Line.Closed.IsCompleted ? await line.Line.Closed : new LineEnd(ConnectionCause.Stopped, "stopped");
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return line.Said is { } said ? LineEnds.Of(said) : line.Line.Closed.IsCompletedSuccessfully ? await line.Line.Closed : LineEnds.Of(failure);
        }
        finally
        {
            lock (_gate)
                _line = null;
        }
    }

    async Task KeepInSyncAsync(OpenLine line)
    {
        var cause = ConnectionCause.Opened;
        while (line.Said is null && !line.Line.Closed.IsCompleted && !_stopped.IsCancellationRequested)
        {
            IReadOnlyList<string> left;
            IReadOnlyList<SyncPosition> asked;
            bool behind;
            TimeSpan? wait;
            lock (_gate)
            {
                var now = Now;
                (left, asked, behind) = (_plan.TakeLeft(), _plan.Take(now), _plan.IsBehind);
                wait = _plan.NextDue - now;
            }
            if (left.Count > 0)
                await Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => line.Line.UnwatchAsync(left, bounded), _stopped.Token);
            if (asked.Count > 0)
            {
                Become(ConnectionState.CatchingUp, cause);
                cause = ConnectionCause.SomethingMissing;
                await SyncAsync(line, asked);
                continue;
            }
            if (!behind)
            {
                if (!line.WasLive)
                    _quality.CaughtUp(line.Line.Transport, _options.Transports.HasFlag(Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets), Now);
                line.WasLive = true;
                Become(ConnectionState.Live, ConnectionCause.CaughtUp);
                cause = ConnectionCause.SomethingMissing;
            }
            if (Now >= _reportAt)
                await ReportAsync(line);
            var untilReport = _reportAt - Now;
            await _wakeup.WaitAsync(wait < untilReport ? wait : untilReport, _stopped.Token);
        }
    }

    async Task ReportAsync(OpenLine line)
    {
        _reportAt = Now + QualityMeter.Interval;
        int gaps;
        lock (_gate)
            gaps = _plan.TakeGaps();
        try
        {
            await OnTimeAsync(bounded => line.Line.ReportAsync(_quality.Report(gaps, line.Line.Transport), bounded));
            _quality.Reported();
        }
        catch (ChatHubException refused)
        {
            LogReportRefused(refused.Code);
        }
    }

    async Task OnTimeAsync(Func<CancellationToken, Task> call)
    {
        var began = Now;
        await Patience.WithinAsync(_options.CallTimeout, _options.Time, call, _stopped.Token);
        _quality.Answered(Now - began);
    }

    async Task SyncAsync(OpenLine line, IReadOnlyList<SyncPosition> asked)
    {
        try
        {
            SyncAnswer? answer = null;
            await OnTimeAsync(async bounded => answer = await line.Line.SyncAsync(asked, bounded));
            foreach (var delta in answer!.Deltas)
                Take(delta);
            Do((plan, now) => plan.Answered(asked, answer, now));
        }
        catch (ChatHubException refused)
        {
            LogSyncRefused(refused.Code);
            Do((plan, now) => plan.Refused(asked, now));
        }
    }

    /// <summary>Gives a line a fresh token, before the server closes it or as it did.</summary>
    /// <returns>What came in the way; null when nothing did.</returns>
    async Task<LineEnd?> RenewAsync(OpenLine line)
    {
        await Task.Yield();
        try
        {
            var fresh = await _tokens.OtherThanAsync(line.Token, _stopped.Token);
            if (fresh is null || fresh == line.Token)
                return null;
            if (line.Said is null && !line.Line.Closed.IsCompleted)
                await Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => line.Line.RenewAsync(fresh, bounded), _stopped.Token);
            line.Token = fresh;
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The line will close with a code when its token ends, and the next one brings another.
            if (!_stopped.IsCancellationRequested)
                LogNotRenewed($"{failure.GetType().Name}: {failure.Message}");
            return LineEnds.Of(failure);
        }
    }

    async Task WakeAtEndAsync(OpenLine line)
    {
        await line.Line.Closed;
        _wakeup.Call();
    }

    // Calls that come while it waits are of no use to it.
    async Task WaitOutAsync(TimeSpan wait)
    {
        lock (_gate)
            _hurry = false;
        for (var until = Now + wait; Now < until && !_hurry && !_stopped.IsCancellationRequested;)
            await _wakeup.WaitAsync(until - Now, _stopped.Token);
    }

    // Without a network it is the network that is missing, whatever shows it.
    LineEnd Named(LineEnd end) => _networkIsDown && end.Cause is (ConnectionCause.Lost or ConnectionCause.Silent or ConnectionCause.NameUnknown or ConnectionCause.Unreachable)
        ? end with { Cause = ConnectionCause.NoNetwork } : end;

    async Task SignedInAsync()
    {
        while (_tokens.Session is null && !_stopped.IsCancellationRequested)
            await _wakeup.WaitAsync(null, _stopped.Token);
    }
}
