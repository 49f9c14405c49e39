namespace ChatGenius.Hosting.Databases;

/// <summary>
/// Contexts with open connections that wait for the next query or write; who came back last is taken first. PostgreSQL's driver hands its connections out in turns, so that a few of
/// them at once, or one after the other, go through all that were ever opened, each a process of the server that finds its caches used by others. One that was idle for <see cref="LongestIdle"/> goes back
/// to the driver, since nobody would find out that its way is cut. Thread-safe.
/// </summary>
/// <typeparam name="TContext">The service's model.</typeparam>
/// <param name="most">How many are kept.</param>
/// <param name="time">The clock.</param>
public sealed class KeptContexts<TContext>(int most, TimeProvider time) where TContext : DbContext
{
    /// <summary>The longest that a connection waits to be taken.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    readonly LinkedList<(TContext Context, long Since)> _idle = new();

    /// <summary>The one that came back last, or null.</summary>
    public TContext? Take()
    {
        lock (_idle)
            if (_idle.Last is { Value: var last } && !IsOld(last.Since))
            {
                _idle.RemoveLast();
                return last.Context;
            }
        // All others have been idle for longer.
        LetGo();
        return null;
    }

    /// <summary>Keeps one whose connection is open and in no transaction.</summary>
    public void Keep(TContext context)
    {
        TContext? over = null;
        lock (_idle)
        {
            _idle.AddLast((context, time.GetTimestamp()));
            if (_idle.First is { Value: var first } && (_idle.Count > most || IsOld(first.Since)))
            {
                _idle.RemoveFirst();
                over = first.Context;
            }
        }
        over?.Dispose();
    }

    /// <summary>Gives all of them back to the driver.</summary>
    public void LetGo()
    {
        TContext[] all;
        lock (_idle)
        {
            all = [.. _idle.Select(kept => kept.Context)];
            _idle.Clear();
        }
        foreach (var context in all)
            context.Dispose();
    }

    bool IsOld(long since) => time.GetElapsedTime(since) > LongestIdle;
}
