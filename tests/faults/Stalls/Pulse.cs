using ChatGenius.FaultTests.LightClients;

namespace ChatGenius.FaultTests.Stalls;

/// <summary>Sends at a steady rate. A send that is late does not move what is due after it.</summary>
internal static class Pulse
{
    const int PerSecond = 25;

    /// <summary>Has texts sent for a while, one after the other or side by side, and says how late they came to the readers.</summary>
    /// <param name="send">Sends one text.</param>
    /// <param name="sideBySide">False where the sender waits for each send, as one who awaits a hub's group does.</param>
    public static async Task<Latencies> SendAsync(RunClock clock, int readers, TimeSpan lasts, bool sideBySide, Action<Latencies> listen, Func<string, Task> send)
    {
        var latencies = new Latencies(clock, readers);
        listen(latencies);
        var (begin, sending, stuck) = (clock.Now, new List<Task>(), false);
        for (var i = 0; i < (int)(lasts.TotalSeconds * PerSecond); i++)
        {
            var due = begin + i * 1000L / PerSecond;
            if (due - clock.Now is var early && early > 0)
                await Task.Delay((int)early);
            var text = latencies.Due(due);
            // What a stuck sender cannot send was due all the same.
            if (stuck)
                continue;
            sending.Add(send(text));
            if (!sideBySide)
                stuck = await Task.WhenAny(sending[^1], Task.Delay(lasts)) != sending[^1];
        }
        if (!stuck)
            await Task.WhenAll(sending);
        return latencies;
    }
}
