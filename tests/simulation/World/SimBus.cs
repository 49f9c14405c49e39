using ChatGenius.Contracts.Feeds;
using ChatGenius.SimulationTests.Kernel;

namespace ChatGenius.SimulationTests.World;

/// <summary>
/// The bus: what is published goes once into each queue, and from there to one of the processes that take from it; late, twice, in any order, or not at all.
/// </summary>
internal sealed class SimBus(SimLoop loop)
{
    readonly List<(SimProcess By, string Source, string Queue, Func<IReadOnlyList<Delta>, Task> Take)> _consumers = [];

    /// <summary>While true nothing that is published arrives anywhere; publishers are told that it did.</summary>
    public bool DropsAll { get; set; }

    /// <summary>One message in so many is lost; 0 for none.</summary>
    public int Loss { get; set; }

    /// <summary>One publication in so many takes up to 600 ms.</summary>
    public int Slow { get; set; } = 12;

    /// <summary>False while the broker is away.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Called where a process may die.</summary>
    public Action<SimProcess, string>? At { get; set; }

    public void Subscribe(SimProcess by, string source, string queue, Func<IReadOnlyList<Delta>, Task> take)
    {
        _consumers.RemoveAll(c => !c.By.IsAlive);
        _consumers.Add((by, source, queue, take));
    }

    /// <summary>Publishes, and waits for the confirm.</summary>
    public async Task PublishAsync(SimProcess by, string source, IReadOnlyList<Delta> deltas)
    {
        At?.Invoke(by, "before publish");
        await by.Pause(TimeSpan.FromMilliseconds(loop.Chance.Next(Slow) == 0 ? loop.Chance.Next(600) : loop.Chance.Next(4)));
        if (!IsUp)
            throw new InvalidOperationException("The broker is away.");
        if (!DropsAll && (Loss == 0 || loop.Chance.Next(Loss) != 0))
            foreach (var queue in _consumers.Where(c => c.Source == source).Select(c => c.Queue).Distinct().ToList())
                for (var copies = loop.Chance.Next(20) == 0 ? 2 : 1; copies > 0; copies--)
                    Deliver(queue, deltas);
        At?.Invoke(by, "before confirm");
        await by.Pause(TimeSpan.FromMilliseconds(loop.Chance.Next(4)));
    }

    // Somebody who takes from the queue now; whoever dies with a message in hand loses it here, as a broker would hand it out again only later.
    void Deliver(string queue, IReadOnlyList<Delta> deltas)
    {
        var living = _consumers.Where(c => c.Queue == queue && c.By.IsAlive).ToList();
        if (living.Count == 0)
            return;
        var (by, _, _, take) = living[loop.Chance.Next(living.Count)];
        by.Do(async () =>
        {
            await by.Pause(TimeSpan.FromMilliseconds(loop.Chance.Next(10) == 0 ? loop.Chance.Next(1500) : loop.Chance.Next(10)));
            try
            {
                await take(deltas);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // A message that cannot be taken is given up; followers find what it said.
            }
        });
    }
}
