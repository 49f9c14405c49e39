using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ChatGenius.Hosting.Multiplexing;
using ChatGenius.TestSupport.Stepping;
using ChatGenius.TestSupport.Waiting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>Streams over one socket, both ends of it, or one end and bytes.</summary>
public sealed class MultiplexedConnectionTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EachOfManyStreams_CarriesItsOwnBytesInTheirOrder_BothWaysAtOnce(bool inline)
    {
        const int streams = 40, bytes = 300_000;
        await using var ends = await Ends.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, streams).Select(i => Task.Run(async () =>
        {
            var (near, far) = await ends.OpenAsync();
            near.GoesOnInline = inline;
            var chance = new Random(i);
            await Task.WhenAll(WriteAsync(near, i, bytes, chance.Next()), WriteAsync(far, i + 1, bytes, chance.Next()), ReadAsync(near, i + 1, bytes, chance.Next()), ReadAsync(far, i, bytes, chance.Next()));
        }))).WaitAsync(s_patience);
    }

    [Fact]
    public async Task AStreamThatNobodyReads_TakesItsWindow_AndHoldsUpNoOther()
    {
        await using var ends = await Ends.ConnectAsync();
        var (unread, unreadFar) = await ends.OpenAsync();
        var (read, readFar) = await ends.OpenAsync();
        var writing = unread.WriteAsync(new byte[MultiplexedConnection.Window + 1]).AsTask();

        await Task.WhenAll(WriteAsync(read, 7, 2_000_000, 1), ReadAsync(readFar, 7, 2_000_000, 2)).WaitAsync(s_patience);
        Assert.False(writing.IsCompleted);

        await unreadFar.ReadExactlyAsync(new byte[MultiplexedConnection.Window + 1]).AsTask().WaitAsync(s_patience);
        await writing.WaitAsync(s_patience);
    }

    [Fact]
    public async Task WhenTheConnectionTakesNoMore_WritersWait_AndWhatWasWrittenArrives()
    {
        const int streams = 100;
        await using var ends = await Ends.ConnectAsync(far: null);
        var writing = Enumerable.Range(0, streams).Select(i => ends.Near.TryOpen()!.WriteAsync(Enumerable.Repeat((byte)i, MultiplexedConnection.Window).ToArray()).AsTask()).ToArray();
        await Eventually.True(() => writing.Count(w => w.IsCompleted) is > 10 and < streams - 10, s_patience);

        var (heard, header) = (new int[streams], new byte[9]);
        while (heard.Sum() < streams * MultiplexedConnection.Window)
        {
            await ends.FarSocket.ReadExactlyAsync(header).AsTask().WaitAsync(s_patience);
            if (header[0] != 2)
                continue;
            var data = new byte[(header[7] << 8) + header[8]];
            await ends.FarSocket.ReadExactlyAsync(data).AsTask().WaitAsync(s_patience);
            Assert.All(data, b => Assert.Equal(header[4] - 1, b));
            heard[header[4] - 1] += data.Length;
        }
        await Task.WhenAll(writing).WaitAsync(s_patience);
    }

    [Fact]
    public async Task AStreamThatIsClosed_GivesWhatWasWritten_ThenEnds_AtBothEnds()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, far) = await ends.OpenAsync();
        var (waiting, gone) = (near.ReadAsync(new byte[1]).AsTask(), near.Gone);
        await far.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, await waiting.WaitAsync(s_patience));
        await far.WriteAsync(new byte[] { 2, 3 });
        await far.DisposeAsync();

        await Eventually.True(() => gone.IsCancellationRequested, s_patience);
        var read = new byte[10];
        Assert.Equal((2, 0), (await near.ReadAsync(read), await near.ReadAsync(read)));
        Assert.Equal([2, 3], read[..2]);
        await Assert.ThrowsAsync<IOException>(async () => await near.WriteAsync(read));
        await Assert.ThrowsAsync<IOException>(async () => await far.WriteAsync(read));
        Assert.Equal(0, await far.ReadAsync(read));
        Assert.True(far.Gone.IsCancellationRequested);
        await Eventually.True(() => (ends.Near.Count, ends.Far!.Count) == (0, 0), s_patience);
    }

    [Fact]
    public async Task AStreamThatIsClosedWhileItsWindowIsFull_EndsTheWrite()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, far) = await ends.OpenAsync();
        var writing = near.WriteAsync(new byte[MultiplexedConnection.Window + 1]).AsTask();
        await far.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(s_patience));
    }

    [Fact]
    public async Task ALostConnection_EndsEveryStream()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, _) = await ends.OpenAsync();
        var (waiting, writing) = (near.ReadAsync(new byte[1]).AsTask(), near.WriteAsync(new byte[MultiplexedConnection.Window + 1]).AsTask());
        ends.FarSocket.Dispose();

        Assert.Equal(0, await waiting.WaitAsync(s_patience));
        await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(s_patience));
        Assert.Null(ends.Near.TryOpen());
    }

    [Fact]
    public async Task ARead_OfNoBytes_WaitsForSome_AndOneThatIsGivenUp_TakesNone()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, far) = await ends.OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var given = near.ReadAsync(new byte[1], giveUp.Token).AsTask();
        Assert.False(given.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(s_patience));

        var waiting = near.ReadAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);
        await far.WriteAsync(new byte[] { 4 });
        Assert.Equal(0, await waiting.WaitAsync(s_patience));
        var read = new byte[1];
        Assert.Equal((1, 4), (await near.ReadAsync(read), read[0]));
    }

    [Fact]
    public async Task AReaderThatGoesOnInline_AndTakesAPart_FindsTheRestLater()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, far) = await ends.OpenAsync();
        var (other, otherFar) = await ends.OpenAsync();
        near.GoesOnInline = true;
        var read = new byte[10];
        var first = near.ReadAsync(read.AsMemory(0, 1)).AsTask();
        await far.WriteAsync(new byte[] { 1, 2, 3 });
        // It does something else, and the connection reads on.
        await ((Task)first.WaitAsync(s_patience)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await otherFar.WriteAsync(new byte[1]);
        Assert.Equal(1, await other.ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience));
        await far.WriteAsync(new byte[] { 4 });
        await near.ReadExactlyAsync(read.AsMemory(1, 3)).AsTask().WaitAsync(s_patience);

        Assert.Equal([1, 2, 3, 4], read[..4]);
    }

    [Fact]
    public async Task OneThatLeaves_TakesNoMoreStreams_AndEndsWithItsLast()
    {
        await using var ends = await Ends.ConnectAsync();
        var (near, far) = await ends.OpenAsync();
        var left = ends.Far!.LeaveAsync();
        await Eventually.True(() => ends.Near.TryOpen() is null, s_patience);

        await Task.WhenAll(WriteAsync(near, 3, 100_000, 1), ReadAsync(far, 3, 100_000, 2)).WaitAsync(s_patience);
        Assert.False(left.IsCompleted);
        await WriteAsync(far, 4, MultiplexedConnection.Window, 3);
        await far.DisposeAsync();
        await left.WaitAsync(s_patience);
        await ReadAsync(near, 4, MultiplexedConnection.Window, 4).WaitAsync(s_patience);
        Assert.Equal(0, await near.ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience));
    }

    [Fact]
    public async Task AStreamThatWasOpenedTooLate_IsClosed()
    {
        await using var ends = await Ends.ConnectAsync();
        var left = ends.Far!.LeaveAsync();
        var late = ends.Near.TryOpen();

        Assert.True(late is null || await late.ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience) == 0);
        await left.WaitAsync(s_patience);
    }

    [Fact]
    public async Task ASilentEnd_SaysThatItIsThere_AndIsLostAfterTenSeconds()
    {
        var time = new StepTime();
        await using var ends = await Ends.ConnectAsync(far: null, time);
        var stream = ends.Near.TryOpen()!;
        var heard = new byte[9];
        await ends.FarSocket.ReadExactlyAsync(heard).AsTask().WaitAsync(s_patience);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 0], heard);

        // What was sent since the last look says so already.
        time.MoveTo(TimeSpan.FromSeconds(2.5));
        time.MoveTo(TimeSpan.FromSeconds(5));
        await ends.FarSocket.ReadExactlyAsync(heard).AsTask().WaitAsync(s_patience);
        Assert.Equal([5, 0, 0, 0, 0, 0, 0, 0, 0], heard);
        time.MoveTo(TimeSpan.FromSeconds(7.5));
        time.MoveTo(TimeSpan.FromSeconds(10));
        var waiting = stream.ReadAsync(new byte[1]).AsTask();
        Assert.False(waiting.IsCompleted);

        time.MoveTo(TimeSpan.FromSeconds(12.5));
        Assert.Equal(0, await waiting.WaitAsync(s_patience));
        Assert.Null(ends.Near.TryOpen());
    }

    // Of a kind that is none; a frame too long; a stream that this end opens itself; one that says more was read than was sent; more than a window.
    [Theory]
    [InlineData(0, 0u, 0)]
    [InlineData(7, 0u, 0)]
    [InlineData(2, 1u, 16385)]
    [InlineData(2, 1u, -1)]
    [InlineData(1, 5u, 0)]
    [InlineData(3, 1u, 1)]
    [InlineData(2, 1u, 16384, 5)]
    public async Task WhatNoOtherEndSays_EndsTheConnection(byte kind, uint id, int value, int times = 1)
    {
        // No time passes: it does not end for being silent.
        await using var ends = await Ends.ConnectAsync(far: null, new StepTime());
        var stream = ends.Near.TryOpen()!;
        for (var i = 0; i < times; i++)
            await ends.FarSocket.WriteAsync((byte[])[kind, .. Network(id), .. Network((uint)value), .. new byte[Math.Max(0, value)]]);

        await Eventually.True(() => ends.Near.TryOpen() is null && stream.Gone.IsCancellationRequested, s_patience);
    }

    [Fact]
    public async Task WhatIsStillSaidOfAStreamThatIsOver_IsLetGo()
    {
        await using var ends = await Ends.ConnectAsync(far: null);
        await ends.Near.TryOpen()!.DisposeAsync();
        var open = ends.Near.TryOpen()!;
        await ends.FarSocket.WriteAsync((byte[])[2, .. Network(1), .. Network(3), 9, 9, 9, 3, .. Network(1), .. Network(70_000), 4, .. Network(1), .. Network(0), 2, .. Network(2), .. Network(1), 5]);

        var read = new byte[9];
        Assert.Equal((1, 5), (await open.ReadAsync(read).AsTask().WaitAsync(s_patience), read[0]));
    }

    static byte[] Network(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    // What is at a place of a stream depends on the place and the stream, so that whatever is lost, doubled or mixed up shows.
    static byte At(int stream, int place) => (byte)((stream * 31) + (place * 7) + (place >> 8));

    static async Task WriteAsync(Stream to, int stream, int bytes, int seed)
    {
        var chance = new Random(seed);
        for (var at = 0; at < bytes;)
        {
            var piece = Enumerable.Range(at, Math.Min(bytes - at, chance.Next(1, 40_000))).Select(place => At(stream, place)).ToArray();
            await to.WriteAsync(piece);
            at += piece.Length;
        }
    }

    static async Task ReadAsync(Stream from, int stream, int bytes, int seed)
    {
        var (chance, read) = (new Random(seed), new byte[50_000]);
        for (var at = 0; at < bytes;)
        {
            if (chance.Next(2) == 0)
                Assert.Equal(0, await from.ReadAsync(Memory<byte>.Empty));
            var length = await from.ReadAsync(read.AsMemory(0, chance.Next(1, read.Length)));
            Assert.InRange(length, 1, bytes - at);
            for (var i = 0; i < length; i++)
                Assert.Equal(At(stream, at + i), read[i]);
            at += length;
        }
    }

    /// <summary>The ends of a socket: one that opens streams, and one that takes them or is read as bytes.</summary>
    sealed class Ends : IAsyncDisposable
    {
        readonly ConcurrentDictionary<uint, TaskCompletionSource<MultiplexedStream>> _opened = [];
        readonly List<Task> _running = [];

        Ends(NetworkStream near, NetworkStream far, bool isPlayed, TimeProvider time)
        {
            FarSocket = far;
            Near = new MultiplexedConnection(near, null, time, NullLogger.Instance);
            _running.Add(Near.RunAsync(CancellationToken.None));
            if (isPlayed)
                return;
            Far = new MultiplexedConnection(far, stream => Opened(stream.Id).SetResult(stream), time, NullLogger.Instance);
            _running.Add(Far.RunAsync(CancellationToken.None));
        }

        public MultiplexedConnection Near { get; }
        public MultiplexedConnection? Far { get; }
        public NetworkStream FarSocket { get; }

        public static Task<Ends> ConnectAsync() => ConnectAsync(isPlayed: false, TimeProvider.System);

        public static Task<Ends> ConnectAsync(MultiplexedConnection? far, TimeProvider? time = null) => ConnectAsync(isPlayed: far is null, time ?? TimeProvider.System);

        public async Task<(MultiplexedStream Near, MultiplexedStream Far)> OpenAsync()
        {
            var near = Near.TryOpen()!;
            return (near, await Opened(near.Id).Task.WaitAsync(s_patience));
        }

        public async ValueTask DisposeAsync()
        {
            Near.Dispose();
            Far?.Dispose();
            await FarSocket.DisposeAsync();
            await Task.WhenAll(_running).WaitAsync(s_patience);
        }

        static async Task<Ends> ConnectAsync(bool isPlayed, TimeProvider time)
        {
            // Small buffers on every machine, so that a connection that nobody reads is full.
            using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = MultiplexedConnection.Window };
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            var near = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = MultiplexedConnection.Window };
            await near.ConnectAsync(listener.LocalEndPoint!);
            return new Ends(new NetworkStream(near, ownsSocket: true), new NetworkStream(await listener.AcceptAsync(), ownsSocket: true), isPlayed, time);
        }

        TaskCompletionSource<MultiplexedStream> Opened(uint id) => _opened.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
