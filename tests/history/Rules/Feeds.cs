using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories.Rules;

/// <summary>Names of feeds, as the log writes them.</summary>
internal static class Feeds
{
    public static string MessagesOf(Guid channel) => FeedName.Messages(channel).ToString();
}
