using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Bench.Wires;

/// <summary>
/// A reader of ChatGenius: SignalR's JSON on a WebSocket. It follows the reader's rule as far as messages feeds that only grow need it: an item counts once, by its seq; after a gap or
/// <c>Behind</c> it syncs from where it stands.
/// </summary>
internal sealed class HubWire : SignalRWire
{
    readonly Tally _tally;
    readonly IReadOnlyList<Guid> _channels;
    readonly Dictionary<int, Stand> _stands = [];
    volatile TaskCompletionSource? _synced;
    readonly HashSet<int> _missed = [];
    bool _asking;
    int _calls;
    int _resyncs;

    HubWire(Socket socket, IReadOnlyList<Guid> channels, Tally tally, IReadOnlyDictionary<int, Stand>? from) : base(socket)
    {
        (_channels, _tally) = (channels, tally);
        foreach (var channel in tally.Channels)
            _stands[channel] = from?.GetValueOrDefault(channel) ?? new Stand();
    }

    /// <summary>Where it stands in a channel.</summary>
    internal sealed class Stand
    {
        public long Epoch { get; set; }
        public long Revision { get; set; }
        public long Seq { get; set; }
    }

    /// <summary>Where it stands, for the connection that comes after it.</summary>
    public IReadOnlyDictionary<int, Stand> Stands => _stands;

    /// <summary>How often it had to sync besides the first time.</summary>
    public int Resyncs => _resyncs;

    /// <summary>Connects and syncs; returns when the answer is there.</summary>
    /// <param name="channels">All channels of the scene; the tally says which of them to read.</param>
    /// <param name="from">Where to go on; null for a first connection, which reads no history.</param>
    public static async Task<HubWire> OpenAsync(Uri address, string token, IReadOnlyList<Guid> channels, Tally tally, IReadOnlyDictionary<int, Stand>? from = null, int receiveBuffer = 0)
    {
        var wire = new HubWire(await ConnectAsync(address, receiveBuffer), channels, tally, from);
        try
        {
            await wire.ShakeAsync(address, HubPath.Realtime, $"Authorization: Bearer {token}\r\n");
            // A call takes 500 feeds at most.
            foreach (var part in tally.Channels.Chunk(500))
                await wire.SyncAsync(part);
            return wire;
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says that the user is there.</summary>
    public void BePresent() => Send("{\"type\":1,\"target\":\"SetPresence\",\"arguments\":[\"active\"]}\u001e"u8);

    protected override void HadRecord(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith("{\"type\":1,\"target\":\"Delta\""u8))
            HadDeltas(record);
        else if (record.StartsWith("{\"type\":3"u8))
        {
            if (record.IndexOf("\"error\":\"superseded"u8) >= 0)
                return;
            if (record.IndexOf("\"error\":"u8) >= 0 || record.IndexOf("\"denied\":[\""u8) >= 0 || record.IndexOf("\"failed\":[{"u8) >= 0)
                Fail(record);
            HadDeltas(record);
            _asking = false;
            _synced?.TrySetResult();
            // What came beside the answer and did not fit may be all there is to come.
            if (_missed.Count > 0)
                SyncAgain();
        }
        else if (record.StartsWith("{\"type\":1,\"target\":\"Behind\""u8) || record.StartsWith("{\"type\":1,\"target\":\"Dropped\""u8))
            Missed(_tally.Channels);
        else if (record.StartsWith("{\"error\""u8) || record.StartsWith("{\"type\":7"u8))
            Fail(record);
    }

    void Fail(ReadOnlySpan<byte> record)
    {
        var said = Encoding.UTF8.GetString(record[..Math.Min(record.Length, 300)]);
        _synced?.TrySetException(new IOException(said));
        throw new IOException(said);
    }

    // Each delta says its numbers before its items, and each item its seq before its text.
    void HadDeltas(ReadOnlySpan<byte> record)
    {
        while (record.IndexOf("\"feed\":\"channels/"u8) is var at && at >= 0)
        {
            record = record[(at + 8)..];
            var next = record.IndexOf("\"feed\":\"channels/"u8);
            HadDelta(next < 0 ? record : record[..next]);
            if (next < 0)
                return;
            record = record[next..];
        }
    }

    void HadDelta(ReadOnlySpan<byte> delta)
    {
        // Heads name their feeds, too.
        if (delta.IndexOf("\"items\":["u8) is var items && items < 0)
        {
            HadHead(delta);
            return;
        }
        var head = delta[..items];
        var content = delta[items..];
        if (Find(head) is not { } channel)
            return;
        var stand = _stands[channel];
        var (epoch, from, to, reset) = (Number(head, "\"epoch\":"u8), Number(head, "\"from\":"u8), Number(head, "\"to\":"u8), head.IndexOf("\"reset\":true"u8) >= 0);
        if (!reset && (epoch != stand.Epoch || from > stand.Revision))
        {
            Missed([channel]);
            return;
        }
        while (content.IndexOf("\"seq\":"u8) is var at && at >= 0)
        {
            content = content[at..];
            var seq = Number(content, "\"seq\":"u8);
            if (!Marker.TryTake(ref content, out var marker))
                break;
            if (seq <= stand.Seq)
                continue;
            if (seq != stand.Seq + 1)
                throw new IOException($"Seq {seq} came after {stand.Seq}.");
            stand.Seq = seq;
            _tally.Had(marker);
            if (_tally.IsTimed)
                _tally.Written(Time(content, "\"createdAt\":\""u8));
        }
        if (reset || to > stand.Revision)
            (stand.Epoch, stand.Revision) = (epoch, to);
        if (head.IndexOf("\"more\":true"u8) >= 0)
            Missed([channel]);
    }

    void HadHead(ReadOnlySpan<byte> head)
    {
        // The head alone answers a partial sync: the position to go on from.
        if (Find(head) is not { } channel || _stands[channel] is not { Epoch: 0 } stand)
            return;
        (stand.Epoch, stand.Revision) = (Number(head, "\"epoch\":"u8), Number(head, "\"revision\":"u8));
        stand.Seq = head.IndexOf("\"lastSeq\":"u8) >= 0 ? Number(head, "\"lastSeq\":"u8) : stand.Revision;
    }

    int? Find(ReadOnlySpan<byte> name)
    {
        name = name["channels/".Length..];
        if (!Utf8Parser.TryParse(name, out Guid id, out var used) || !name[used..].StartsWith("/messages\""u8))
            return null;
        foreach (var channel in _tally.Channels)
            if (_channels[channel] == id)
                return channel;
        return null;
    }

    static DateTimeOffset Time(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        text = text[(text.IndexOf(name) + name.Length)..];
        return DateTimeOffset.Parse(Encoding.ASCII.GetString(text[..text.IndexOf((byte)'"')]), CultureInfo.InvariantCulture);
    }

    static long Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        text.IndexOf(name) is var at && at >= 0 && Utf8Parser.TryParse(text[(at + name.Length)..], out long number, out _) ? number : 0;

    async Task SyncAsync(IReadOnlyList<int> channels)
    {
        var synced = _synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ask(channels);
        await Task.WhenAny(synced.Task, Over);
        if (!synced.Task.IsCompleted)
            throw new IOException("The connection ended before the sync was answered.", Loss);
        await synced.Task;
    }

    void Missed(IEnumerable<int> channels)
    {
        _missed.UnionWith(channels.Take(500));
        if (!_asking)
            SyncAgain();
    }

    void SyncAgain()
    {
        _resyncs++;
        Ask([.. _missed]);
        _missed.Clear();
    }

    void Ask(IReadOnlyList<int> channels)
    {
        _asking = true;
        var text = new StringBuilder("{\"type\":1,\"invocationId\":\"").Append(Interlocked.Increment(ref _calls)).Append("\",\"target\":\"Sync\",\"arguments\":[[");
        foreach (var channel in channels)
        {
            var stand = _stands[channel];
            text.Append(text[^1] == '[' ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"feed\":\"{FeedName.Messages(_channels[channel])}\",\"epoch\":{stand.Epoch},\"revision\":{stand.Revision},\"partial\":{(stand.Epoch == 0 ? "true" : "false")}}}");
        }
        Send(Encoding.UTF8.GetBytes(text.Append("]]}\u001e").ToString()));
    }
}
