using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ChatGenius.TestSupport.Waiting;

/// <summary>Waits for conditions, never for time.</summary>
public static class Eventually
{
    /// <summary>How long to wait where nothing else is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until the answer satisfies the condition.</summary>
    /// <param name="ask">What to ask.</param>
    /// <param name="condition">What the answer must satisfy.</param>
    /// <param name="within">How long to go on; ten seconds where nothing is said.</param>
    /// <param name="what">For the message.</param>
    /// <param name="pause">Between two questions; 25 ms where nothing is said.</param>
    /// <returns>That answer.</returns>
    /// <exception cref="TimeoutException">It did not in time; the message holds the last answer or error.</exception>
    public static async Task<T> Get<T>(
        Func<Task<T>> ask, Func<T, bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? what = null, TimeSpan? pause = null)
    {
        var clock = Stopwatch.StartNew();
        var bound = within ?? Patience;
        object? last = null;
        while (true)
        {
            try
            {
                var answer = await ask();
                if (condition(answer))
                    return answer;
                last = answer;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                last = error;
            }
            if (clock.Elapsed > bound)
                throw new TimeoutException($"Not within {bound.TotalSeconds:0.#} s: {what}. Last seen: {last}");
            await Task.Delay(pause ?? Pause);
        }
    }

    /// <summary>Asks again and again until the condition holds.</summary>
    public static Task True(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        Get(() => Task.FromResult(condition()), holds => holds, within, what);

    /// <summary>Tries again and again until it does not throw.</summary>
    public static Task Succeeds(Func<Task> attempt, TimeSpan? within = null, [CallerArgumentExpression(nameof(attempt))] string? what = null) =>
        Get(async () => { await attempt(); return true; }, done => done, within, what);
}
