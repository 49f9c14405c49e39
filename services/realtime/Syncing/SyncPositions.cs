namespace ChatGenius.Realtime.Syncing;

/// <summary>The positions of a sync, read one by one: what is wrong with one fails that one alone.</summary>
internal sealed record SyncPositions(IReadOnlyList<(FeedName Feed, SyncPosition Position)> Known, IReadOnlyList<FailedFeed> Failed)
{
    const long MaxNumber = 1L << 53;

    /// <exception cref="ProblemException">It is no list, or too long a one.</exception>
    public static SyncPositions Parse(JsonElement positions, Guid caller)
    {
        if (positions.ValueKind != JsonValueKind.Array)
            throw new ProblemException(ErrorCodes.Malformed, "positions: is not a list.");
        if (positions.GetArrayLength() > Limits.SyncPositions)
            throw new ProblemException(ErrorCodes.TooManyFeeds);
        var known = new Dictionary<FeedName, SyncPosition>();
        var failed = new List<FailedFeed>();
        foreach (var item in positions.EnumerateArray())
        {
            var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("feed", out var feed) && feed.ValueKind == JsonValueKind.String ? feed.GetString()! : "";
            if (name.StartsWith("users/me/", StringComparison.Ordinal))
                name = $"users/{caller:D}/{name["users/me/".Length..]}";
            if (TryRead(item) is not { } position)
                failed.Add(new FailedFeed { Feed = name, Code = ErrorCodes.Malformed.Code });
            else if (!FeedName.TryParse(name, out var parsed))
                failed.Add(new FailedFeed { Feed = name, Code = ErrorCodes.UnknownFeed.Code });
            else
                known[parsed] = position with { Feed = name };
        }
        return new SyncPositions([.. known.Select(k => (k.Key, k.Value))], failed);
    }

    static SyncPosition? TryRead(JsonElement item)
    {
        try
        {
            var position = item.Deserialize<SyncPosition>(ContractsJson.Options);
            return position is { Epoch: null or (>= 0 and < MaxNumber), Revision: null or (>= 0 and < MaxNumber), Mode: null or SyncMode.Live or SyncMode.Heads }
                ? position : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
