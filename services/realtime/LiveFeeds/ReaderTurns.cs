using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// Who takes a feed live, in groups that have their turns one after the other: what was said since a group's last turn is given to it as one. So each reader gets as few frames as if all had their turn at
/// once, and no one waits until thousands before it have had theirs. Who joins is owed what is said from then on. Not thread-safe.
/// </summary>
/// <param name="inGroup">How many a group has before there is another; 0 for one of all.</param>
internal sealed class ReaderTurns(int inGroup)
{
    /// <summary>The most groups there are: what is said is joined and serialised once for each of them.</summary>
    const int MaxGroups = 8;

    readonly List<Group> _groups = [];
    readonly List<Outgoing> _said = [];
    long _lastSaid;
    int _turn;

    /// <summary>How many take it.</summary>
    public int Count { get; private set; }

    /// <summary>In how many turns all of them have had one.</summary>
    public int Turns => _groups.Count(g => g.Readers.Count > 0);

    /// <summary>All of them.</summary>
    public IEnumerable<LiveConnection> All => _groups.SelectMany(g => g.Readers.Keys);

    /// <summary>True while somebody has not been given what was said.</summary>
    public bool AreDue => _said.Count > 0;

    /// <summary>Adds one, or begins anew with it.</summary>
    public void Join(LiveConnection reader)
    {
        Leave(reader);
        // As many as there should be, and no more that a crowd has left behind.
        var groups = inGroup == 0 ? 1 : Math.Min(1 + Count / inGroup, MaxGroups);
        if (_groups.Count < groups)
            _groups.Add(new Group { Given = _lastSaid });
        _groups.Take(groups).MinBy(g => g.Readers.Count)!.Readers.Add(reader, _lastSaid);
        Count++;
    }

    /// <summary>Takes one off.</summary>
    /// <returns>False when it was not there.</returns>
    public bool Leave(LiveConnection reader)
    {
        if (!_groups.Exists(g => g.Readers.Remove(reader)))
            return false;
        Count--;
        Forget();
        return true;
    }

    /// <summary>Says something to everyone; they have it when it is their turn.</summary>
    public void Say(Outgoing outgoing)
    {
        _lastSaid++;
        _said.Add(outgoing);
        Forget();
    }

    /// <summary>Begins the turn of the next group that is owed something: who is in it, and what each is given. Null when nobody is.</summary>
    public Turn? Next()
    {
        for (var i = 0; i < _groups.Count && AreDue; i++)
        {
            var group = _groups[_turn = (_turn + 1) % _groups.Count];
            if (group.Given == _lastSaid)
                continue;
            var turn = new Turn(group.Readers, _said[^(int)(_lastSaid - group.Given)..], group.Given);
            group.Given = _lastSaid;
            Forget();
            return turn;
        }
        return null;
    }

    // What everybody was given.
    void Forget()
    {
        var given = _lastSaid;
        foreach (var group in _groups)
            if (group.Readers.Count > 0)
                given = Math.Min(given, group.Given);
            else
                group.Given = _lastSaid;
        _said.RemoveRange(0, _said.Count - (int)(_lastSaid - given));
    }

    sealed class Group
    {
        /// <summary>Each with the number of what was said last before it joined.</summary>
        public Dictionary<LiveConnection, long> Readers { get; } = [];

        /// <summary>The number of what was said last before the group's last turn.</summary>
        public long Given { get; set; }
    }
}

/// <summary>A group's turn, some readers at a time. Not thread-safe.</summary>
/// <param name="group">The group.</param>
/// <param name="said">What was said since its last turn.</param>
/// <param name="before">The number of what was said last before that.</param>
internal sealed class Turn(Dictionary<LiveConnection, long> group, List<Outgoing> said, long before)
{
    readonly KeyValuePair<LiveConnection, long>[] _readers = [.. group];
    readonly List<Outgoing> _together = Joined(said);
    int _done;

    /// <summary>True when everyone had it.</summary>
    public bool IsDone => _done == _readers.Length;

    /// <summary>Gives the next few what was said. Who was taken off meanwhile is passed over, also when it came back: it began anew.</summary>
    public void Give(int count)
    {
        for (var end = Math.Min(_done + count, _readers.Length); _done < end; _done++)
        {
            var (reader, since) = _readers[_done];
            if (!group.TryGetValue(reader, out var still) || still != since)
                continue;
            foreach (var outgoing in since <= before ? _together : said[(int)(since - before)..])
                reader.Send(outgoing);
        }
    }

    static List<Outgoing> Joined(List<Outgoing> said)
    {
        var few = new List<Outgoing>();
        foreach (var outgoing in said)
            if (few.Count > 0 && few[^1].JoinedWith(outgoing) is { } joined)
                few[^1] = joined;
            else
                few.Add(outgoing);
        return few;
    }
}
