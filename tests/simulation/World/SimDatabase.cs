using System.Data.Common;
using ChatGenius.SimulationTests.Kernel;

namespace ChatGenius.SimulationTests.World;

/// <summary>The database is away; what was not committed is not there.</summary>
internal sealed class SimDatabaseException(string message) : DbException(message)
{
    public override bool IsTransient => true;
}

/// <summary>
/// A database in memory that is no better than it has to be: row locks held to the end of the transaction, reads that see what is committed at that moment and nothing older, an
/// acknowledgement that may never arrive. A process that dies, at any step, leaves nothing but what it committed.
/// </summary>
internal sealed class SimDatabase(SimLoop loop, string name)
{
    readonly Dictionary<object, RowLock> _locks = [];
    Dictionary<Type, Dictionary<object, object>> _tables = [];
    int _life;

    public string Name => name;

    /// <summary>False while it is away.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>One statement in so many takes up to 300 ms; 0 for none.</summary>
    public int Slow { get; set; }

    /// <summary>Called where a process may die; the harness decides whether it does.</summary>
    public Action<SimProcess, string>? At { get; set; }

    /// <summary>Told of each commit.</summary>
    public Action<SimTransaction>? Committed { get; set; }

    /// <summary>All committed rows of a kind.</summary>
    public IEnumerable<T> Rows<T>() where T : class => Table(typeof(T)).Values.Cast<T>();

    /// <summary>A committed row.</summary>
    public T? Row<T>(object key) where T : class => Table(typeof(T)).GetValueOrDefault(key) as T;

    /// <summary>A copy of everything that is committed.</summary>
    public Dictionary<Type, Dictionary<object, object>> Backup() => _tables.ToDictionary(t => t.Key, t => new Dictionary<object, object>(t.Value));

    /// <summary>Puts a copy back; whatever is open fails.</summary>
    public void Restore(Dictionary<Type, Dictionary<object, object>> backup)
    {
        _tables = backup.ToDictionary(t => t.Key, t => new Dictionary<object, object>(t.Value));
        Break();
    }

    /// <summary>Goes away, or comes back; whatever is open fails.</summary>
    public void Up(bool up)
    {
        IsUp = up;
        if (!up)
            Break();
    }

    /// <summary>One read.</summary>
    public async Task<T> ReadAsync<T>(SimProcess by, Func<T> read)
    {
        await StatementAsync(by, _life);
        return read();
    }

    /// <summary>A write transaction, committed when its body ends.</summary>
    public async Task<T> WriteAsync<T>(SimProcess by, Func<SimTransaction, Task<T>> body)
    {
        var transaction = new SimTransaction(this, by, _life);
        var mourner = by.Mourn(transaction.End);
        try
        {
            var result = await body(transaction);
            At?.Invoke(by, "before commit");
            await StatementAsync(by, transaction.Life);
            foreach (var ((kind, key), row) in transaction.Written)
                if (row is null)
                    Table(kind).Remove(key);
                else
                    Table(kind)[key] = row;
            transaction.End();
            Committed?.Invoke(transaction);
            At?.Invoke(by, "after commit");
            await StatementAsync(by, transaction.Life);
            return result;
        }
        finally
        {
            transaction.End();
            by.Forget(mourner);
        }
    }

    /// <summary>Time for one statement.</summary>
    /// <exception cref="SimDatabaseException">The database is away, or was since the transaction began.</exception>
    internal async Task StatementAsync(SimProcess by, int life)
    {
        await by.Pause(TimeSpan.FromMilliseconds(Slow > 0 && loop.Chance.Next(Slow) == 0 ? loop.Chance.Next(300) : loop.Chance.Next(4) == 0 ? loop.Chance.Next(5) : 0));
        if (!IsUp || life != _life)
            throw new SimDatabaseException($"The database {name} is away.");
    }

    internal Dictionary<object, object> Table(Type kind) => _tables.TryGetValue(kind, out var table) ? table : _tables[kind] = [];

    internal RowLock LockOf(object key) => _locks.TryGetValue(key, out var held) ? held : _locks[key] = new RowLock();

    internal int Life => _life;

    void Break()
    {
        _life++;
        _locks.Clear();
    }
}

/// <summary>A row's lock: first come, first served.</summary>
internal sealed class RowLock
{
    readonly LinkedList<(SimTransaction Owner, TaskCompletionSource Granted)> _waiting = [];
    SimTransaction? _holder;

    public async Task TakeAsync(SimTransaction transaction)
    {
        if (_holder is null || _holder == transaction)
        {
            _holder = transaction;
            return;
        }
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.AddLast((transaction, granted));
        await granted.Task;
    }

    public void Release(SimTransaction transaction)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
            if (node.Value.Owner == transaction)
            {
                _waiting.Remove(node);
                break;
            }
        if (_holder != transaction)
            return;
        _holder = null;
        if (_waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _holder = next.Value.Owner;
            next.Value.Granted.TrySetResult();
        }
    }
}

/// <summary>An open transaction.</summary>
internal sealed class SimTransaction(SimDatabase database, SimProcess by, int life)
{
    readonly List<RowLock> _held = [];

    public int Life => life;
    public SimProcess By => by;
    public Dictionary<(Type Kind, object Key), object?> Written { get; } = [];

    /// <summary>Time for one statement.</summary>
    public Task StatementAsync() => database.StatementAsync(by, life);

    /// <summary>Locks a row until the end.</summary>
    public async Task LockAsync(object key)
    {
        await StatementAsync();
        var row = database.LockOf(key);
        _held.Add(row);
        await row.TakeAsync(this);
        await StatementAsync();
        database.At?.Invoke(by, "after lock");
    }

    /// <summary>A row as the transaction sees it.</summary>
    public T? Row<T>(object key) where T : class => Written.TryGetValue((typeof(T), key), out var own) ? own as T : database.Row<T>(key);

    /// <summary>All rows of a kind as the transaction sees them.</summary>
    public IEnumerable<T> Rows<T>() where T : class => database.Table(typeof(T)).Where(r => !Written.ContainsKey((typeof(T), r.Key))).Select(r => (T)r.Value)
        .Concat(Written.Where(w => w.Key.Kind == typeof(T) && w.Value is not null).Select(w => (T)w.Value!));

    public void Put<T>(object key, T row) where T : class => Written[(typeof(T), key)] = row;

    public void Remove<T>(object key) where T : class => Written[(typeof(T), key)] = null;

    /// <summary>Lets go of all locks. Doing it twice is doing it once.</summary>
    public void End()
    {
        foreach (var row in _held)
            row.Release(this);
        _held.Clear();
    }
}
