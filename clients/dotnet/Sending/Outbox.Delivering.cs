using ChatGenius.Feeds;

namespace ChatGenius.Client;

public sealed partial class Outbox
{
    readonly OutboxJournal _saved;
    Guid? _restored;

    /// <summary>Brings back what waited when an earlier process ended, once for each user.</summary>
    internal async Task RestoreAsync(Guid me)
    {
        if (_restored == me)
            return;
        _restored = me;
        foreach (var saved in await _saved.LoadAsync(_stopped))
        {
            if (saved.AuthorId != me)
                continue;
            var message = new OutgoingMessage(saved.ChannelId, saved.Body, saved.Number);
            lock (_gate)
            {
                if (_waiting.Exists(m => m.Body.ClientId == saved.Body.ClientId))
                    continue;
                _number = Math.Max(_number, saved.Number);
                if (saved.FailureCode is { } code)
                    (message.State, message.Failure) = (SendState.Failed, new ChatApiException((System.Net.HttpStatusCode)saved.FailureStatus, code, saved.FailureDetail ?? "", null));
                _waiting.Add(message);
                _waiting.Sort(static (a, b) => a.Number.CompareTo(b.Number));
            }
            if (message.State == SendState.Pending)
                Enter(message);
            else
                Handlers.Tell(Changed, message, _saved.LogHandlerFailed);
        }
    }

    async Task RunAsync(Guid channel, OutboxLane lane)
    {
        await Task.Yield();
        while (!_stopped.IsCancellationRequested)
        {
            OutgoingMessage? message;
            lock (_gate)
                if (!lane.Queue.TryDequeue(out message))
                {
                    _lanes.Remove(channel);
                    return;
                }
            await _saved.EnteredAsync(message, _me(), _stopped);
            for (var attempt = 0; message.State == SendState.Pending && !_stopped.IsCancellationRequested; attempt++)
                if (await TryAsync(message, attempt) is { } wait)
                    await lane.Wakeup.WaitAsync(wait, _stopped);
        }
    }

    // Null when the message is settled, else how long to wait before the next attempt.
    async Task<TimeSpan?> TryAsync(OutgoingMessage message, int attempt)
    {
        try
        {
            Settle(message, SendState.Sent, await _api.PostAsync(message.ChannelId, message.Body, _stopped));
            return null;
        }
        catch (ChatApiException refused) when (!refused.IsPassing)
        {
            Settle(message, SendState.Failed, failure: refused);
            return null;
        }
        catch (ChatApiException passing)
        {
            return passing.RetryAfter ?? BackOff.After(attempt, _options);
        }
        catch (Exception away) when (away is not OutOfMemoryException)
        {
            // Nobody knows whether it was stored: the same clientId asks again.
            return BackOff.After(attempt, _options);
        }
    }
}
