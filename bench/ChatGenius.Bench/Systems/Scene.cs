using ChatGenius.Bench.Checking;

namespace ChatGenius.Bench.Systems;

/// <summary>Channels with those who send to them and those who read them, and what is known of both.</summary>
internal sealed class Scene(SceneSize size) : IAsyncDisposable
{
    readonly List<IReader> _readers = [];
    readonly List<Tally> _tallies = [];

    public SceneSize Size => size;
    public Ledger Ledger { get; } = new(size.Channels);
    /// <summary>False where readers may see the messages of different senders in different orders.</summary>
    public bool OneOrder { get; set; } = true;

    public Deliveries Deliveries { get; } = new();
    public IReadOnlyList<ISender> Senders { get; set; } = [];
    public IReadOnlyList<IReader> Readers => _readers;

    /// <summary>Connects a reader: its number, what counts what it has, and the bytes that the system takes in for it when it stalls (0 for the system's own measure).</summary>
    public Func<int, Tally, int, Task<IReader>> Connect { get; set; } = (_, _, _) => throw new InvalidOperationException("The scene was not built.");

    /// <summary>Connects readers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="channels">What each of them reads, by its number.</param>
    /// <param name="atOnce">How many connect side by side.</param>
    public async Task ReadAsync(int count, Func<int, IReadOnlyList<int>> channels, int atOnce = 32)
    {
        var first = _readers.Count;
        foreach (var part in Enumerable.Range(first, count).Chunk(atOnce))
        {
            var tallies = part.Select(reader => new Tally(channels(reader), size.Senders, Deliveries) { IsTimed = reader % 10 == 0 }).ToList();
            _readers.AddRange(await Task.WhenAll(part.Select((reader, i) => Connect(reader, tallies[i], 0))));
            _tallies.AddRange(tallies);
        }
    }

    /// <summary>Connects readers of the first channel who will stall; what they have is not checked.</summary>
    public async Task<IReadOnlyList<IReader>> ReadToStallAsync(int count)
    {
        var stalling = new List<IReader>();
        for (var i = 0; i < count; i++)
            stalling.Add(await Connect(i, new Tally([0], size.Senders, new Deliveries()), 4096));
        return stalling;
    }

    /// <summary>Waits until everything is everywhere, and compares.</summary>
    /// <exception cref="WrongResultException">Something was lost, came twice or out of order, or a connection was lost.</exception>
    public async Task CheckAsync()
    {
        if (_readers.Count(reader => reader.WasLost) is var lost and > 0)
            throw new WrongResultException($"{lost} of {_readers.Count} readers lost their connection.");
        await Audit.CheckAsync(Ledger, _tallies, OneOrder, Audit.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
            await reader.DisposeAsync();
        foreach (var sender in Senders)
            await sender.DisposeAsync();
    }
}
