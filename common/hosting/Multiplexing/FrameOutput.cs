using System.Buffers;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>
/// Sends the frames of a shared connection. What is appended leaves in a turn of the thread pool, together with all that is appended until then, and what comes while that is being sent leaves together after
/// it. Its owner holds the gate wherever nothing else is said.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="gate">The owner's.</param>
/// <param name="sent">Told, under the gate, when all has been sent.</param>
/// <param name="failed">Told, without the gate, when nothing more can be.</param>
/// <param name="ending">Gives up.</param>
internal sealed class FrameOutput(Stream connection, Lock gate, Action sent, Action<Exception?> failed, CancellationToken ending) : IThreadPoolWorkItem
{
    /// <summary>Bytes that may wait; as many again are being sent.</summary>
    const int MaxWaiting = 1024 * 1024;

    ArrayBufferWriter<byte> _waiting = new();
    ArrayBufferWriter<byte> _leaving = new();
    TaskCompletionSource? _room;
    bool _isClosed;

    /// <summary>True when who has much to say is to wait for <see cref="Room"/>. Frames of a head alone may always be appended.</summary>
    public bool IsFull => _waiting.WrittenCount >= MaxWaiting;

    /// <summary>True when nothing waits and nothing is being sent.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>Whether anything was sent since it was last set to false.</summary>
    public bool HasSent { get; set; }

    /// <summary>Appends a frame; nothing when it is closed.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="data">What follows, which is copied.</param>
    /// <param name="more">What follows that, as well.</param>
    public void Append(FrameHeader header, ReadOnlySpan<byte> data = default, ReadOnlySpan<byte> more = default)
    {
        if (_isClosed)
            return;
        var length = FrameHeader.Length + data.Length + more.Length;
        var whole = _waiting.GetSpan(length);
        header.Write(whole);
        data.CopyTo(whole[FrameHeader.Length..]);
        more.CopyTo(whole[(FrameHeader.Length + data.Length)..]);
        _waiting.Advance(length);
        if (!IsIdle)
            return;
        IsIdle = false;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Ends when what waits now is being sent, or nothing more can be.</summary>
    public Task Room() => (_room ??= MultiplexedConnection.NewSignal()).Task;

    /// <summary>Takes nothing more, and has nobody wait.</summary>
    public void Close()
    {
        _isClosed = true;
        _room?.SetResult();
        _room = null;
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    async Task SendAsync()
    {
        try
        {
            while (Swap())
                await connection.WriteAsync(_leaving.WrittenMemory, ending);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            failed(failure);
        }
    }

    // False when there is nothing; the next to append something then begins anew.
    bool Swap()
    {
        lock (gate)
        {
            _leaving.ResetWrittenCount();
            if (_waiting.WrittenCount == 0)
            {
                IsIdle = true;
                sent();
                return false;
            }
            (_waiting, _leaving) = (_leaving, _waiting);
            HasSent = true;
            _room?.SetResult();
            _room = null;
            return true;
        }
    }
}
