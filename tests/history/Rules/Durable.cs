namespace ChatGenius.Histories.Rules;

/// <summary>5: what was acknowledged is there; what was refused is not. That what was neither is there at most once is rule 3.</summary>
internal static class Durable
{
    public static IEnumerable<Violation> Check(History history)
    {
        var stored = new Dictionary<string, Dictionary<(Guid, Guid), StoredMessage>>(StringComparer.Ordinal);
        foreach (var feed in history.Truth.Feeds.Values)
            foreach (var message in feed.Messages)
            {
                if (!stored.TryGetValue(feed.Feed, out var messages))
                    stored[feed.Feed] = messages = [];
                messages[(message.Author, message.ClientId)] = message;
            }
        StoredMessage? Find(Guid channel, Guid author, Guid clientId) => stored.GetValueOrDefault(Feeds.MessagesOf(channel))?.GetValueOrDefault((author, clientId));

        return Sent(history, Find).Concat(Refused(history, Find)).Concat(Bodies(history, Find)).Concat(Changed(history));
    }

    static IEnumerable<Violation> Sent(History history, Func<Guid, Guid, Guid, StoredMessage?> find)
    {
        foreach (var said in history.Of<SendAcknowledged>())
        {
            var feed = Feeds.MessagesOf(said.Channel);
            if (!history.Truth.Feeds.ContainsKey(feed) || history.MayBeLost(feed, said.Epoch, said.At))
                continue;
            var found = find(said.Channel, said.Author, said.ClientId);
            if (found is null)
                yield return new Violation(5, $"The acknowledged message {said.Message} (seq {said.Seq}, clientId {said.ClientId}) is not there.", feed, At: said.At);
            else if (found.Id != said.Message || found.Seq != said.Seq || found.Revision < said.Revision)
                yield return new Violation(5, $"The message {said.Message} was acknowledged at seq {said.Seq}, revision {said.Revision}, and is {found.Id} at seq {found.Seq}, revision {found.Revision}.", feed, At: said.At);
        }
    }

    static IEnumerable<Violation> Refused(History history, Func<Guid, Guid, Guid, StoredMessage?> find)
    {
        var acknowledged = history.Of<SendAcknowledged>().Select(said => (said.Author, said.ClientId)).ToHashSet();
        return history.Of<SendRefused>().Where(said => !acknowledged.Contains((said.Author, said.ClientId)) && find(said.Channel, said.Author, said.ClientId) is not null)
            .Select(said => new Violation(5, $"The message with clientId {said.ClientId} was refused ({said.Code}) and is there.", Feeds.MessagesOf(said.Channel), At: said.At));
    }

    static IEnumerable<Violation> Bodies(History history, Func<Guid, Guid, Guid, StoredMessage?> find) =>
        from tried in history.Of<SendAttempted>()
        where tried.Body is not null
        let found = find(tried.Channel, tried.Author, tried.ClientId)
        where found?.Body is not null && found.Body != tried.Body
        select new Violation(5, $"The message with clientId {tried.ClientId} says something else than was sent.", Feeds.MessagesOf(tried.Channel), At: tried.At);

    static IEnumerable<Violation> Changed(History history)
    {
        foreach (var said in history.Of<ChangeAcknowledged>())
        {
            if (!history.Truth.Feeds.TryGetValue(said.Feed, out var truth) || history.MayBeLost(said.Feed, said.Epoch, said.At))
                continue;
            if (!history.Owned(truth).TryGetValue(said.Key, out var found) || found.Revision < said.Revision)
                yield return new Violation(5, $"The acknowledged change {said.Revision} of {said.Key} is not there; it stands at {found.Revision}.", said.Feed, At: said.At);
        }
    }
}
