using System.Globalization;

namespace ChatGenius.Specs.Talking;

/// <summary>What a client holds of one feed, kept by the reader's rule in its shortest form. Not thread-safe.</summary>
public sealed class FeedCopy(string feed)
{
    readonly Dictionary<string, JsonElement> _items = [];

    public string Feed => feed;
    public long Epoch { get; private set; }
    public long Revision { get; private set; }
    public long Floor { get; private set; }

    /// <summary>The position to sync from.</summary>
    public object Position => new { feed, epoch = Epoch, revision = Revision };

    /// <summary>The entities in revision order.</summary>
    public IReadOnlyList<JsonElement> Items => [.. _items.Values.OrderBy(item => item.Number("revision"))];

    /// <summary>Takes in a delta; one of another feed or one that says nothing new is ignored.</summary>
    /// <returns>False for a gap: something before it is missing.</returns>
    public bool Apply(JsonElement delta)
    {
        if (delta.Text("feed") != feed || delta.Number("epoch") < Epoch)
            return true;
        if (delta.Flag("reset"))
        {
            if (delta.Number("epoch") == Epoch && delta.Number("to") < Revision)
                return true;
            _items.Clear();
            Floor = delta.IsNull("floor") ? 0 : delta.Number("floor");
        }
        else if (delta.Number("epoch") > Epoch || delta.Number("from") > Revision)
        {
            return false;
        }
        else if (delta.Number("to") <= Revision)
        {
            return true;
        }
        Epoch = delta.Number("epoch");
        Revision = delta.Number("to");
        foreach (var item in delta.List("items"))
            _items[KeyOf(item)] = item;
        return true;
    }

    /// <summary>Asks by HTTP until nothing is left to say.</summary>
    public async Task CatchUpAsync(Person person)
    {
        for (var more = true; more;)
        {
            var answer = await person.SyncAsync(Position);
            Assert.Empty(answer.List("denied"));
            Assert.Empty(answer.List("failed"));
            more = false;
            foreach (var delta in answer.List("deltas"))
            {
                Assert.True(Apply(delta), $"a sync answered with a gap: {delta.GetRawText()}");
                more |= delta.Flag("more");
            }
        }
    }

    static string KeyOf(JsonElement item) => string.Create(CultureInfo.InvariantCulture,
        $"{(item.Has("type") ? item.Text("type") : "")}/{(item.Has("id") ? item.Text("id") : "")}/{(item.Has("userId") ? item.Text("userId") : "")}/{(item.Has("channelId") ? item.Text("channelId") : "")}");
}
