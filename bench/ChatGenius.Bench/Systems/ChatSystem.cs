using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;

namespace ChatGenius.Bench.Systems;

/// <summary>How large a scene is.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Senders">Who sends. With several channels each sender is a member of those that it sends to.</param>
/// <param name="ReaderUsers">As how many users readers connect; each is a member of every channel. 0 where those who send also read, each as themselves.</param>
internal record SceneSize(int Channels, int Senders, int ReaderUsers = 1)
{
    /// <summary>The channels that a sender sends to, in turn.</summary>
    public virtual IReadOnlyList<int> ChannelsOf(int sender) => Channels <= Senders ? [sender % Channels] : [.. Enumerable.Range(0, Channels).Where(channel => channel % Senders == sender)];

    /// <summary>The senders of a channel.</summary>
    public virtual IEnumerable<int> SendersOf(int channel) => Enumerable.Range(0, Senders).Where(sender => Channels <= Senders ? sender % Channels == channel : channel % Senders == sender);
}

/// <summary>A chat under load, ours or another, with everything that it runs on.</summary>
internal abstract class ChatSystem : IAsyncDisposable
{
    /// <summary>As tables call it.</summary>
    public abstract string Name { get; }

    /// <summary>Every process whose time counts.</summary>
    public abstract IReadOnlyList<ServerPart> Parts { get; }

    /// <summary>An administrator's connection to its PostgreSQL; null where there is none.</summary>
    public abstract string? Database { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public abstract Task StartAsync();

    /// <summary>Makes channels and people, and connects those who send.</summary>
    public async Task<Scene> OpenAsync(SceneSize size)
    {
        var scene = new Scene(size);
        await BuildAsync(scene);
        return scene;
    }

    /// <summary>Fills a scene with its senders and with what connects readers.</summary>
    protected abstract Task BuildAsync(Scene scene);

    public abstract ValueTask DisposeAsync();
}

/// <summary>One who sends, one message at a time.</summary>
internal interface ISender : IAsyncDisposable
{
    /// <summary>Sends a text of the load; ends when it is acknowledged as stored.</summary>
    ValueTask SendAsync(int channel, ReadOnlyMemory<byte> text);
}

/// <summary>One who reads.</summary>
internal interface IReader : IAsyncDisposable
{
    /// <summary>True when its connection ended although nobody here ended it.</summary>
    bool WasLost { get; }

    /// <summary>Bytes that came on its present connection.</summary>
    long BytesRead { get; }

    /// <summary>WebSocket messages that came on its present connection.</summary>
    long FramesRead { get; }

    /// <summary>Stops reading, without closing.</summary>
    void Stall();

    /// <summary>Cuts the connection.</summary>
    void Cut();

    /// <summary>Comes back after <see cref="Cut"/>, and ends when everything missed is there.</summary>
    Task ReturnAsync();
}
