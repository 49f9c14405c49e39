using ChatGenius.Contracts;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

public sealed partial class ChatApi
{
    /// <summary>Posts once; <see cref="Outbox"/> posts until it is stored.</summary>
    public Task<Message> PostAsync(Guid channel, PostMessage message, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Post, $"api/v1/channels/{channel}/messages", message, ContractsJson.ToItem, cancellation);

    public Task<Message> EditAsync(Guid channel, Guid message, EditMessage edit, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Patch, Path(channel, message), edit, ContractsJson.ToItem, cancellation);

    public Task<Message> DeleteAsync(Guid channel, Guid message, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Delete, Path(channel, message), null, ContractsJson.ToItem, cancellation);

    public Task<Message> ReactAsync(Guid channel, Guid message, string emoji, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Put, Reaction(channel, message, emoji), null, ContractsJson.ToItem, cancellation);

    /// <summary>Takes the caller's own reaction back.</summary>
    public Task<Message> UnreactAsync(Guid channel, Guid message, string emoji, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Delete, Reaction(channel, message, emoji), null, ContractsJson.ToItem, cancellation);

    public Task<Message> PinAsync(Guid channel, Guid message, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Put, $"{Path(channel, message)}/pin", null, ContractsJson.ToItem, cancellation);

    public Task<Message> UnpinAsync(Guid channel, Guid message, CancellationToken cancellation = default) =>
        ChangeAsync<Message>(FeedName.Messages(channel), HttpMethod.Delete, $"{Path(channel, message)}/pin", null, ContractsJson.ToItem, cancellation);

    /// <summary>The newest page, or the one before a seq (exclusive).</summary>
    /// <param name="limit">1 to 200.</param>
    public Task<MessagePage> HistoryAsync(Guid channel, long? before = null, int limit = Limits.PageDefault, CancellationToken cancellation = default) =>
        GetAsync<MessagePage>(Query($"api/v1/channels/{channel}/messages", ("limit", limit), ("before", before)), cancellation);

    /// <summary>The page after a seq (exclusive).</summary>
    public Task<MessagePage> HistoryAfterAsync(Guid channel, long after, int limit = Limits.PageDefault, CancellationToken cancellation = default) =>
        GetAsync<MessagePage>(Query($"api/v1/channels/{channel}/messages", ("limit", limit), ("after", after)), cancellation);

    /// <summary>The page around a seq (inclusive), to jump to.</summary>
    public Task<MessagePage> HistoryAroundAsync(Guid channel, long seq, int limit = Limits.PageDefault, CancellationToken cancellation = default) =>
        GetAsync<MessagePage>(Query($"api/v1/channels/{channel}/messages", ("limit", limit), ("around", seq)), cancellation);

    /// <summary>The latest replies of a thread.</summary>
    public Task<MessagePage> ThreadAsync(Guid channel, Guid thread, int limit = Limits.PageDefault, CancellationToken cancellation = default) =>
        GetAsync<MessagePage>(Query($"api/v1/channels/{channel}/messages", ("limit", limit), ("thread", thread)), cancellation);

    public Task<MessageItem> MessageAsync(Guid channel, Guid message, CancellationToken cancellation = default) => GetAsync<MessageItem>(Path(channel, message), cancellation);

    static string Path(Guid channel, Guid message) => $"api/v1/channels/{channel}/messages/{message}";

    static string Reaction(Guid channel, Guid message, string emoji) => $"{Path(channel, message)}/reactions/{Uri.EscapeDataString(emoji)}";
}
