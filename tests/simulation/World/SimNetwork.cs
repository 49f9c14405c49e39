using ChatGenius.SimulationTests.Kernel;

namespace ChatGenius.SimulationTests.World;

/// <summary>What lies between processes: it takes time, loses what it should not, and is cut in two now and then.</summary>
internal sealed class SimNetwork(SimLoop loop)
{
    /// <summary>How long a caller waits for an answer, as the services' HTTP clients do.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    readonly HashSet<(string, string)> _cut = [];

    /// <summary>One call in so many is lost, there or on its way back; 0 for none.</summary>
    public int Loss { get; set; }

    /// <summary>Cuts the way between two processes, or heals it.</summary>
    public void Cut(string a, string b, bool cut)
    {
        _ = cut ? _cut.Add((a, b)) : _cut.Remove((a, b));
        _ = cut ? _cut.Add((b, a)) : _cut.Remove((b, a));
    }

    /// <summary>Nothing is cut or lost any more.</summary>
    public void Heal()
    {
        _cut.Clear();
        (Loss, Lag) = (0, 0);
    }

    public bool IsCut(SimProcess a, SimProcess b) => _cut.Contains((a.Name, b.Name));

    /// <summary>One message in so many is under way for up to three seconds; 0 for none.</summary>
    public int Lag { get; set; } = 24;

    /// <summary>True where a client learns at once that its line broke, and not up to two seconds later.</summary>
    public bool TellsOfCuts { get; set; }

    /// <summary>How long something is under way: mostly little, sometimes long.</summary>
    public TimeSpan Latency() => TimeSpan.FromMilliseconds(Lag > 0 && loop.Chance.Next(Lag) == 0 ? loop.Chance.Next(3000) : loop.Chance.Next(16) == 0 ? loop.Chance.Next(100) : loop.Chance.Next(8));

    public bool IsLost() => Loss > 0 && loop.Chance.Next(Loss) == 0;

    /// <summary>One process asks another: the question may be lost, or the answer, or the answer may come too late.</summary>
    /// <exception cref="HttpRequestException">It got no answer; nobody knows whether it was done.</exception>
    public async Task<T> CallAsync<T>(SimProcess from, Func<SimProcess?> target, Func<Task<T>> body, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await from.Pause(Latency());
        if (target() is not { IsAlive: true } to)
            throw new HttpRequestException("Refused: nobody is there.");
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = from.Time.CreateTimer(_ => answer.TrySetException(new HttpRequestException("No answer in time.")), null, s_patience, Timeout.InfiniteTimeSpan);
        using var given = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        var mourner = to.Mourn(() => answer.TrySetException(new HttpRequestException("The connection broke.")));
        if (!IsLost() && !IsCut(from, to))
            to.Do(() => AnswerAsync(from, to, mourner, body, answer));
        try
        {
            return await answer.Task;
        }
        finally
        {
            to.Forget(mourner);
        }
    }

    // What was said is on its way, whatever becomes of who said it.
    async Task AnswerAsync<T>(SimProcess from, SimProcess to, LinkedListNode<Action>? mourner, Func<Task<T>> body, TaskCompletionSource<T> answer)
    {
        try
        {
            var result = await body();
            if (IsLost() || IsCut(from, to))
                return;
            to.Forget(mourner);
            from.Do(async () =>
            {
                await from.Pause(Latency());
                answer.TrySetResult(result);
            });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            answer.TrySetException(failure);
        }
    }
}
