using ChatGenius.Realtime;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.SimulationTests.World;

namespace ChatGenius.SimulationTests.Running;

/// <summary>What a schedule is about.</summary>
internal enum Profile
{
    /// <summary>Everything at once.</summary>
    Everything,

    /// <summary>Bus and cache carry nothing: the ticks alone bring the state.</summary>
    Deaf,

    /// <summary>Nothing fails but one reader, who does not read.</summary>
    OneStalls,

    /// <summary>Removals, posts and joins that meet, over a lossy cache.</summary>
    Fence,

    /// <summary>Tokens that end and sessions that are ended.</summary>
    Tokens,

    /// <summary>Owners die, and are restored from older backups.</summary>
    Restores,

    /// <summary>Pages of history that take long, while messages change and owners are restored.</summary>
    Pages,
}

/// <summary>A run before it is run: the same schedule and seed give the same run.</summary>
internal sealed record Schedule(int Seed, Profile Profile, SimOptions Options, IReadOnlyList<Step> Steps)
{
    /// <summary>When all faults end, in milliseconds of virtual time.</summary>
    public const int HealAt = 12_000;

    /// <summary>Draws a schedule.</summary>
    public static Schedule Of(int seed)
    {
        var chance = new Random(seed);
        var profile = chance.Next(18) switch
        {
            < 8 => Profile.Everything,
            8 => Profile.Deaf,
            9 => Profile.OneStalls,
            < 13 => Profile.Fence,
            13 or 14 => Profile.Tokens,
            15 => Profile.Pages,
            _ => Profile.Restores,
        };
        var options = new SimOptions
        {
            Channels = chance.Next(4) == 0 ? 2 : 1,
            Messages = profile == Profile.Pages || chance.Next(3) == 0 ? 5 + chance.Next(20) : 0,
            Clients = 2 + chance.Next(3),
            MessagesInstances = 1 + chance.Next(2),
            RealtimeInstances = 1 + chance.Next(2),
            // Longer than what must be there in time, so that no tick hides what is late.
            Tick = TimeSpan.FromSeconds(profile == Profile.OneStalls ? 8 : 4),
            Linger = TimeSpan.FromSeconds(chance.Next(3) == 0 ? 2 : 30),
            TokenLifetime = profile == Profile.Tokens ? TimeSpan.FromSeconds(3 + chance.Next(12)) : TimeSpan.FromMinutes(15),
            Realtime = new RealtimeSettings
            {
                QueueDeltas = chance.Next(2) == 0 ? 1 + chance.Next(3) : 256,
                ExpiryNotice = TimeSpan.FromSeconds(profile == Profile.Tokens ? chance.Next(3) : 60),
                ExpiryGrace = TimeSpan.FromSeconds(profile == Profile.Tokens ? 1 : 10),
            },
        };
        var steps = new List<Step>();
        var (acts, count) = Acts(profile, chance);
        for (var i = 0; i < count; i++)
            steps.Add(Draw(acts[chance.Next(acts.Count)], chance));
        if (profile == Profile.Deaf)
            steps.AddRange([new Step(0, Act.BusDropsAll, 0, 0, int.MaxValue), new Step(0, Act.CacheDropsAll, 0, 0, int.MaxValue)]);
        if (chance.Next(3) == 0)
        {
            var (rest, together) = (chance.Next(200), chance.Next(3));
            options = options with { Pace = new DeliveryPace(TimeSpan.FromMilliseconds(rest), TimeSpan.Zero, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(rest * (rest % 4)), together, InTurn: rest % 3) };
        }
        if (profile is Profile.Restores or Profile.Pages && chance.Next(3) == 0)
            options = options with { ClocksApart = TimeSpan.FromSeconds(1 + chance.Next(20)) };
        return new Schedule(seed, profile, options, [.. steps.OrderBy(s => s.At)]);
    }

    static Step Draw(Act act, Random chance) => new(
        1000 + chance.Next(HealAt - 2000), act, chance.Next(1000), chance.Next(1000), act switch
        {
            Act.Stall => 500 + chance.Next(9000),
            Act.KillInstance or Act.Drain => chance.Next(2000),
            Act.CutNetwork or Act.LossyNetwork or Act.BrokerAway or Act.BusDropsAll or Act.LossyBus or Act.CacheAway or Act.CacheDropsAll or Act.LossyCache => 200 + chance.Next(6000),
            Act.DatabaseAway => chance.Next(1500),
            _ => 0,
        });

    static (List<Act> Acts, int Count) Acts(Profile profile, Random chance) => profile switch
    {
        Profile.Deaf => ([Act.Post, Act.Post, Act.Post, Act.Edit, Act.React, Act.Delete, Act.Remove, Act.Join, Act.CutLine, Act.KillInstance, Act.Drain, Act.Older], 8 + chance.Next(14)),
        Profile.OneStalls => ([Act.Post, Act.Post, Act.Post, Act.Edit, Act.React, Act.Stall, Act.CutLine], 8 + chance.Next(16)),
        Profile.Fence => ([Act.Post, Act.Post, Act.RemoveThenPost, Act.RemoveThenPost, Act.Remove, Act.Join, Act.Join, Act.LossyCache, Act.CacheDropsAll, Act.CutLine, Act.BusDropsAll, Act.SlowBus, Act.KillInstance], 10 + chance.Next(18)),
        Profile.Tokens => ([Act.Post, Act.Post, Act.Post, Act.Edit, Act.Revoke, Act.CutLine, Act.CutNetwork, Act.KillInstance, Act.Drain, Act.Stall], 8 + chance.Next(14)),
        Profile.Pages => ([Act.Older, Act.Older, Act.Older, Act.Older, Act.Edit, Act.Edit, Act.React, Act.Delete, Act.Post, Act.Backup, Act.Restore, Act.Restore, Act.CutLine], 10 + chance.Next(20)),
        Profile.Restores => ([Act.Post, Act.Post, Act.Post, Act.Edit, Act.React, Act.Delete, Act.Backup, Act.Restore, Act.Older, Act.Older, Act.CutLine, Act.BusDropsAll, Act.KillInstance, Act.RemoveThenPost, Act.Join], 8 + chance.Next(16)),
        _ => ([
            Act.Post, Act.Post, Act.Post, Act.Post, Act.Post, Act.Edit, Act.Edit, Act.React, Act.React, Act.Delete, Act.Older, Act.RemoveThenPost, Act.Remove, Act.Join, Act.Join, Act.CutLine, Act.CutLine, Act.Stall,
            Act.KillInstance, Act.KillAtPoint, Act.KillAtPoint, Act.Drain, Act.CutNetwork, Act.LossyNetwork, Act.BrokerAway, Act.BusDropsAll, Act.LossyBus, Act.SlowBus, Act.CacheAway, Act.CacheDropsAll, Act.LossyCache,
            Act.DatabaseAway, Act.Upgrade,
        ], 10 + chance.Next(26)),
    };
}
