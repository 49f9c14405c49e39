using ChatGenius.SimulationTests.Kernel;

namespace ChatGenius.SimulationTests.World;

/// <summary>A process: code that runs in a context and by a clock of its own, and that can be killed between any two steps.</summary>
internal sealed class SimProcess
{
    readonly SimLoop _loop;
    readonly SimContext _context;
    readonly LinkedList<Action> _mourners = [];

    public SimProcess(SimLoop loop, string name)
    {
        (_loop, Name) = (loop, name);
        _context = new SimContext(loop);
        Time = new SimTime(loop, _context);
    }

    public string Name { get; }
    public TimeProvider Time { get; }
    public bool IsAlive => _context.IsAlive;
    public SimLoop Loop => _loop;

    /// <summary>Runs something in the process, from wherever it is called.</summary>
    public void Do(Func<Task> body) => _loop.Post(_context, _ => Begin(body), null);

    /// <summary>Calls <paramref name="gone"/> at the death of the process, unless that is taken back by <see cref="Forget"/>.</summary>
    public LinkedListNode<Action>? Mourn(Action gone)
    {
        if (IsAlive)
            return _mourners.AddLast(gone);
        gone();
        return null;
    }

    /// <summary>Takes a <see cref="Mourn"/> back.</summary>
    public void Forget(LinkedListNode<Action>? mourner)
    {
        if (mourner?.List is not null)
            _mourners.Remove(mourner);
    }

    /// <summary>Kills the process.</summary>
    public void Kill()
    {
        if (!IsAlive)
            return;
        _context.Kill();
        var mourners = _mourners.ToList();
        _mourners.Clear();
        foreach (var gone in mourners)
            gone();
    }

    /// <summary>Waits so long of virtual time; even for no time it is a step at which the process may be dead.</summary>
    public async Task Pause(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, Time);
        else
            await Task.Yield();
    }

    async void Begin(Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (OperationCanceledException)
        {
            // The process let go of what it did.
        }
    }
}
