using System.Globalization;
using ChatGenius.Feeds;
using ChatGenius.Histories;
using ChatGenius.Messages.Posting;
using ChatGenius.SimulationTests.Kernel;
using ChatGenius.SimulationTests.World;

namespace ChatGenius.SimulationTests.Running;

/// <summary>What came of a run.</summary>
internal sealed record Outcome(Schedule Schedule, IReadOnlyList<string> Violations, long Steps, int Observed, IReadOnlyList<string> Trace)
{
    public bool Held => Violations.Count == 0;
}

/// <summary>Runs one schedule from the first process to rest, and checks its history.</summary>
internal sealed class Run
{
    /// <summary>From healing to rest: the bound of convergence, a reconnect before it, and a little.</summary>
    static readonly TimeSpan s_rest = TimeSpan.FromSeconds(16);

    static readonly string[] s_points = ["after lock", "before commit", "after commit", "before publish", "before confirm"];

    readonly SimLoop _loop;
    readonly SimWorld _world;
    readonly Schedule _schedule;
    readonly List<string> _trace = [];
    readonly Dictionary<string, Dictionary<Type, Dictionary<object, object>>> _backups = [];
    string? _killPoint;
    int _text;

    Run(Schedule schedule, Bug bug, bool traced)
    {
        (_schedule, _loop) = (schedule, new SimLoop(schedule.Seed));
        _world = new SimWorld(_loop, schedule.Options, bug);
        if (traced)
            _world.Trace = what => _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{_loop.Ms,6} ms  {what}"));
        _world.ChannelsDatabase.At = _world.MessagesDatabase.At = _world.Bus.At = MayDie;
        // The end of a session is heard of in time where the way to the identity service is a good one.
        if (IsCalm || schedule.Profile == Profile.Tokens)
            _world.Network.Lag = 0;
        if (schedule.Profile == Profile.Pages)
            _world.Network.Lag = 4;
        if (IsCalm)
            (_world.Network.TellsOfCuts, _world.Bus.Slow) = (true, int.MaxValue);
        else
            _world.ChannelsDatabase.Slow = _world.MessagesDatabase.Slow = schedule.Seed % 2 == 0 ? 30 : 0;
        _world.ChannelsDatabase.Committed = tx => Note(_world.ChannelsDatabase, tx);
        _world.MessagesDatabase.Committed = tx => Note(_world.MessagesDatabase, tx);
    }

    /// <summary>Runs a schedule. Deterministic.</summary>
    public static Outcome Of(Schedule schedule, Bug bug = Bug.None, bool traced = false)
    {
        var run = new Run(schedule, bug, traced);
        var violations = new List<string>();
        try
        {
            violations.AddRange(run.ToRest());
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            violations.Add($"[code] {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} {failure.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("ChatGenius", StringComparison.Ordinal))?.Trim()}");
        }
        if (traced)
            run._trace.AddRange(run._world.Log.Snapshot().Select(Told));
        return new Outcome(schedule, violations, run._loop.Steps, run._world.Log.Count, [.. run._trace.Order(StringComparer.Ordinal)]);
    }

    static string Told(Observation seen) => string.Create(CultureInfo.InvariantCulture, $"{seen.At,6} ms    {seen switch
    {
        DeltaApplied d => $"{d.Client} applies {d.Feed} {d.Epoch}:{d.From}-{d.To}{(d.Reset ? $" reset, floor {d.Floor}" : "")} under {d.Fence} with {string.Join(' ', d.Items.Select(i => i.Revision))}",
        _ => seen.ToString(),
    }}");

    IEnumerable<string> ToRest()
    {
        _world.Start();
        if (!IsCalm)
            _world.Log.Add(new FaultBegan(0, "all"));
        foreach (var step in _schedule.Steps)
        {
            _loop.RunUntil(TimeSpan.FromMilliseconds(step.At));
            _world.Trace?.Invoke(step.ToString());
            Take(step);
        }
        _loop.RunUntil(TimeSpan.FromMilliseconds(Schedule.HealAt));
        Heal();
        _loop.RunUntil(TimeSpan.FromMilliseconds(Schedule.HealAt) + s_rest);
        foreach (var client in _world.Clients)
            foreach (var message in client.Chat.Outbox.Waiting.Where(m => m.State == Client.SendState.Pending && !_revoked.Contains(client)))
                yield return $"[8] {client.Name} could not send {message.Body.Text}.";
        var options = new CheckOptions
        {
            // Where nothing is lost, nobody waits for a tick: bus and cache at their slowest, one after the other, take 3.7 s.
            ConvergenceBound = IsCalm ? 3_900 : 10_000,
            ExpiryGrace = (long)_schedule.Options.Realtime.ExpiryGrace.TotalMilliseconds + 1_500,
            RevocationBound = 2_500,
        };
        foreach (var violation in HistoryChecker.Check(_world.Log.Snapshot(), _world.Truth(), Held(_revoked.Concat(_stalled)), options))
            yield return violation.ToString();
        // Who did not read has time until the end, and holds everything then.
        if (_stalled.Count > 0)
            foreach (var violation in HistoryChecker.Check([], _world.Truth(), Held(_revoked), options))
                yield return violation.ToString();
        foreach (var difference in _world.CopiesThatDiffer().Concat(_world.RefusedMembers))
            yield return difference;
    }

    List<Held> Held(IEnumerable<SimClient> without)
    {
        var names = without.Select(c => c.Name).ToHashSet();
        return [.. _world.Held().Where(h => !names.Contains(h.Client))];
    }

    readonly HashSet<SimClient> _revoked = [];
    readonly HashSet<SimClient> _stalled = [];

    // Nothing is lost: what takes long is not the network's fault.
    bool IsCalm => _schedule.Profile == Profile.OneStalls;

    void Note(SimDatabase database, SimTransaction transaction)
    {
        foreach (var message in transaction.Written.Values.OfType<MessageRow>())
            _world.StoredAfter[(message.AuthorId, message.ClientId)] = _world.Restores;
        if (!IsCalm)
            return;
        foreach (var feed in transaction.Written.Values.OfType<FeedHeadRow>().Where(f => f.Head > 0))
            _world.Log.Add(new OwnerStood(_loop.Ms, feed.Name.ToString(), new Place(database.Row<OwnerRow>(0)!.Epoch, feed.Head)));
    }

    void Heal()
    {
        _world.Trace?.Invoke("everything heals");
        _killPoint = null;
        _world.Network.Heal();
        (_world.Bus.IsUp, _world.Bus.Loss, _world.Bus.Slow, _world.Cache.Loss) = (true, 0, IsCalm ? int.MaxValue : 12, 0);
        if (_schedule.Profile != Profile.Deaf)
            (_world.Bus.DropsAll, _world.Cache.DropsAll) = (false, false);
        _world.Cache.Up(true);
        foreach (var database in new[] { _world.ChannelsDatabase, _world.MessagesDatabase })
        {
            database.Up(true);
            database.Slow = 0;
        }
        foreach (var instance in _world.Instances)
            _world.StartByName(instance);
        foreach (var client in _world.Clients)
            client.Socket?.Stall(false);
        if (!IsCalm)
            _world.Log.Add(new FaultHealed(_loop.Ms, "all"));
    }

    void Take(Step step)
    {
        var clients = _world.Clients;
        var client = clients[step.A % clients.Count];
        var other = clients[step.B % clients.Count];
        var channel = _world.Channels[step.B % _world.Channels.Count];
        var instances = _world.Instances.ToList();
        switch (step.What)
        {
            case Act.Post:
                client.Post(channel, $"text {_text++}");
                break;
            case Act.Edit:
                client.Change(channel, step.B, $"edited {_text++}");
                break;
            case Act.Delete:
                client.Change(channel, step.B, null);
                break;
            case Act.React:
                client.React(channel, step.B, step.A % 2 == 0 ? "👍" : "🎉", present: step.A % 3 != 0);
                break;
            case Act.Older:
                client.Older(channel);
                break;
            case Act.Remove or Act.RemoveThenPost when client != other:
                client.Member(channel, other, left: true, step.What == Act.Remove ? null : $"without {other.Name} {_text++}");
                break;
            case Act.Join when client != other:
                client.Member(channel, other, left: false, null);
                break;
            case Act.CutLine:
                client.Socket?.Cut();
                break;
            case Act.Stall:
                if (client.Socket is { IsOpen: true } socket)
                {
                    if (IsCalm)
                        _stalled.Add(client);
                    socket.Stall(true);
                    Later(step.Lasts, () => socket.Stall(false));
                }
                break;
            case Act.Revoke when client.Session is { } session && _revoked.Add(client):
                _world.Identity.End(session);
                _world.Log.Add(new SessionEnded(_loop.Ms, session));
                // Who comes back just then is looked at by an instance that has not heard of it yet.
                if (step.B % 2 == 0)
                    client.Socket?.Cut();
                break;
            case Act.KillInstance:
                var killed = instances[step.A % instances.Count];
                _world.Kill(killed);
                Later(step.Lasts, () => _world.StartByName(killed));
                break;
            case Act.Drain:
                var drained = _world.Instances.Where(i => i.StartsWith("realtime-", StringComparison.Ordinal)).ToList();
                _world.Drain(drained[step.A % drained.Count], () => Later(step.Lasts, () => _world.StartByName(drained[step.A % drained.Count])));
                break;
            case Act.KillAtPoint:
                _killPoint = s_points[step.A % s_points.Length];
                break;
            case Act.CutNetwork:
                var names = instances.Concat(_schedule.Profile == Profile.Tokens ? [] : ["identity"]).Concat(clients.Select(c => c.Name)).ToList();
                var (a, b) = (names[step.A % names.Count], names[step.B % names.Count]);
                _world.Network.Cut(a, b, true);
                foreach (var cut in clients.Where(c => c.Socket is { IsOpen: true, Server: { } server } && ((c.Name == a && server.Name == b) || (c.Name == b && server.Name == a))))
                    cut.Socket!.Cut();
                Later(step.Lasts, () => _world.Network.Cut(a, b, false));
                break;
            case Act.LossyNetwork:
                _world.Network.Loss = 2 + (step.A % 8);
                Later(step.Lasts, () => _world.Network.Loss = 0);
                break;
            case Act.BrokerAway:
                _world.Bus.IsUp = false;
                Later(step.Lasts, () => _world.Bus.IsUp = true);
                break;
            case Act.BusDropsAll:
                _world.Bus.DropsAll = true;
                Later(step.Lasts, () => _world.Bus.DropsAll = false);
                break;
            case Act.LossyBus:
                _world.Bus.Loss = 2 + (step.A % 4);
                Later(step.Lasts, () => _world.Bus.Loss = 0);
                break;
            case Act.SlowBus:
                _world.Bus.Slow = 1;
                Later(step.Lasts, () => _world.Bus.Slow = 12);
                break;
            case Act.CacheAway:
                _world.Cache.Up(false);
                Later(step.Lasts, () => _world.Cache.Up(true));
                break;
            case Act.CacheDropsAll:
                _world.Cache.DropsAll = true;
                Later(step.Lasts, () => _world.Cache.DropsAll = false);
                break;
            case Act.LossyCache:
                _world.Cache.Loss = 2 + (step.A % 4);
                Later(step.Lasts, () => _world.Cache.Loss = 0);
                break;
            case Act.DatabaseAway:
                var database = Database(step);
                database.Up(false);
                Later(step.Lasts, () => database.Up(true));
                break;
            case Act.Backup:
                _backups[Database(step).Name] = Database(step).Backup();
                break;
            case Act.Restore when _backups.TryGetValue(Database(step).Name, out var backup):
                _world.Restore(Database(step), backup);
                break;
            case Act.Upgrade:
                _world.RaiseSchema();
                _world.Kill("messages-0");
                _world.StartByName("messages-0");
                break;
        }
    }

    SimDatabase Database(Step step) => step.A % 3 == 0 ? _world.ChannelsDatabase : _world.MessagesDatabase;

    // Ends a fault, unless everything was healed before.
    void Later(int after, Action end)
    {
        if (after >= Schedule.HealAt)
            return;
        var ending = new SimProcess(_loop, "fault");
        ending.Do(async () =>
        {
            await ending.Pause(TimeSpan.FromMilliseconds(after));
            if (_loop.Ms < Schedule.HealAt)
                end();
        });
    }

    void MayDie(SimProcess process, string point)
    {
        if (_killPoint != point)
            return;
        _killPoint = null;
        _world.Trace?.Invoke($"{process.Name} dies {point}");
        process.Kill();
        Later(300, () => _world.StartByName(process.Name));
    }
}
