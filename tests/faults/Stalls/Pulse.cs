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
        var (begin, sending) = (clock.Now, new List<Task>());
        for (var i = 0; i < (int)(lasts.TotalSeconds * PerSecond); i++)
        {
            var due = begin + i * 1000L / PerSecond;
            if (due - clock.Now is var early && early > 0)
                await Task.Delay((int)early);
            // Whoever is so late that the time is over sends no more; what was due is missing.
            var text = latencies.Due(due);
            if (clock.Now > begin + lasts.TotalMilliseconds)
                continue;
            var sent = send(text);
            if (sideBySide)
                sending.Add(sent);
            else
                await Task.WhenAny(sent, Task.Delay(lasts));
        }
        await Task.WhenAny(Task.WhenAll(sending), Task.Delay(lasts));
        return latencies;
    }
}
