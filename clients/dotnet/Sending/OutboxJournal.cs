using Microsoft.Extensions.Logging;

namespace ChatGenius.Client;

/// <summary>What the outbox tells its store, if it has one: one thing after the other.</summary>
internal sealed partial class OutboxJournal(ChatClientOptions options)
{
    readonly ILogger _logger = options.Logging.CreateLogger<Outbox>();
    readonly Lock _gate = new();
    Task _last = Task.CompletedTask;

    public async Task<IReadOnlyList<WaitingMessage>> LoadAsync(CancellationToken cancellation)
    {
        if (options.OutboxStore is not { } store)
            return [];
        try
        {
            return await store.LoadAsync(cancellation);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogStoreFailed(failure);
            return [];
        }
    }

    /// <summary>Saves a message before it is first posted. Without a user nobody could send it later, so it is not kept.</summary>
    public Task EnteredAsync(OutgoingMessage message, Guid? me, CancellationToken cancellation) => me is { } author && message.State == SendState.Pending
        ? AfterLastAsync(store => store.SaveAsync(Kept(message, author), cancellation)) : Task.CompletedTask;

    public void Settled(OutgoingMessage message, Guid? me)
    {
        if (message.State != SendState.Failed)
            _ = AfterLastAsync(store => store.RemoveAsync(message.Body.ClientId, CancellationToken.None));
        else if (me is { } author)
            _ = AfterLastAsync(store => store.SaveAsync(Kept(message, author), CancellationToken.None));
    }

    Task AfterLastAsync(Func<IOutboxStore, Task> operation)
    {
        if (options.OutboxStore is not { } store)
            return Task.CompletedTask;
        lock (_gate)
            return _last = RunAsync(_last, () => operation(store));
    }

    async Task RunAsync(Task last, Func<Task> operation)
    {
        await Task.Yield();
        await last;
        try
        {
            await operation();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogStoreFailed(failure);
        }
    }

    static WaitingMessage Kept(OutgoingMessage message, Guid author) => new()
    {
        AuthorId = author,
        Number = message.Number,
        ChannelId = message.ChannelId,
        Body = message.Body,
        FailureCode = message.Failure?.Code,
        FailureStatus = (int?)message.Failure?.Status ?? 0,
        FailureDetail = message.Failure?.Detail,
    };

    [LoggerMessage(5012, LogLevel.Error, "A handler of the outbox's event failed.")]
    public partial void LogHandlerFailed(Exception failure);

    [LoggerMessage(5011, LogLevel.Error, "The outbox's store failed; the messages go on without it.")]
    partial void LogStoreFailed(Exception failure);
}
