namespace ChatGenius.Histories.Rules;

/// <summary>3: one clientId of an author is one message, and one item on screen.</summary>
internal static class NoDouble
{
    public static IEnumerable<Violation> Check(History history) => Stored(history).Concat(Acknowledged(history)).Concat(Shown(history));

    static IEnumerable<Violation> Stored(History history) =>
        from message in history.Truth.Feeds.Values.SelectMany(feed => feed.Messages.Select(message => (feed.Feed, Message: message)))
        group message by (message.Message.Author, message.Message.ClientId) into same
        where same.Count() > 1
        select new Violation(3, $"clientId {same.Key.ClientId} of {same.Key.Author} was stored {same.Count()} times: seq {string.Join(", ", same.Select(m => m.Message.Seq))}.", same.First().Feed);

    static IEnumerable<Violation> Acknowledged(History history)
    {
        var first = new Dictionary<(Guid, Guid), SendAcknowledged>();
        foreach (var said in history.Of<SendAcknowledged>())
        {
            var key = (said.Author, said.ClientId);
            if (!first.TryGetValue(key, out var before) || history.MayBeLost(Feeds.MessagesOf(said.Channel), before.Epoch, before.At))
                first[key] = said;
            else if (before.Message != said.Message || before.Seq != said.Seq)
                yield return new Violation(3, $"clientId {said.ClientId} was acknowledged as {before.Message} (seq {before.Seq}) and as {said.Message} (seq {said.Seq}).", Feeds.MessagesOf(said.Channel), At: said.At);
        }
    }

    static IEnumerable<Violation> Shown(History history) =>
        from screen in history.Of<ScreenShown>()
        from same in screen.Items.GroupBy(item => item)
        where same.Count() > 1
        select new Violation(3, $"clientId {same.Key.ClientId} is on screen {same.Count()} times.", Feeds.MessagesOf(screen.Channel), screen.Client, screen.At);
}
