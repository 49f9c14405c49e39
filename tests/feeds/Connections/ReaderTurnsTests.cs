using ChatGenius.Contracts.Feeds;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>Each reader is given what is said from when it joins until it leaves, in order and once, whoever has a turn when.</summary>
public sealed class ReaderTurnsTests : IDisposable
{
    const int MostWaiting = 8;

    readonly OneInstance _instance = new();
    readonly Dictionary<LiveConnection, PlayedLine> _lines = [];
    int _said;

    public void Dispose() => _instance.Dispose();

    [Fact]
    public void Next_GivesAGroupAllSinceItsLastTurn_AsOne()
    {
        var turns = new ReaderTurns(inGroup: 2);
        var readers = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        foreach (var reader in readers)
            turns.Join(reader);
        Assert.Equal((4, 2), (turns.Count, turns.Turns));

        Say(turns);
        Give(turns.Next()!);
        Assert.Equal(2, readers.Count(r => Heard(r) is [(0, 1)]));
        Say(turns);
        Give(turns.Next()!);
        Assert.Equal((2, 2), (readers.Count(r => Heard(r) is [(0, 1)]), readers.Count(r => Heard(r) is [(0, 2)])));
        Give(turns.Next()!);

        Assert.Equal((2, 2), (readers.Count(r => Heard(r) is [(0, 1), (1, 2)]), readers.Count(r => Heard(r) is [(0, 2)])));
        Assert.Null(turns.Next());
        Assert.False(turns.AreDue);
    }

    [Fact]
    public void Groups_BelowTheirSize_AreOne()
    {
        var (turns, whole) = (new ReaderTurns(inGroup: 4), new ReaderTurns(inGroup: 0));
        foreach (var reader in Enumerable.Range(0, 100).Select(_ => Open()))
        {
            if (turns.Count < 4)
                turns.Join(reader);
            whole.Join(reader);
        }

        Assert.Equal((1, 1), (turns.Turns, whole.Turns));
    }

    [Fact]
    public void Groups_WhenACrowdHasLeft_AreOneAgain()
    {
        var turns = new ReaderTurns(inGroup: 2);
        var crowd = Enumerable.Range(0, 40).Select(_ => Open()).ToArray();
        foreach (var reader in crowd)
            turns.Join(reader);
        Assert.Equal(8, turns.Turns);
        foreach (var reader in crowd)
            turns.Leave(reader);

        turns.Join(crowd[0]);
        turns.Join(crowd[1]);

        Assert.Equal(1, turns.Turns);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void AnyOrderOfEvents_GivesEveryReaderAllThatItIsOwed_Once(int inGroup)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (turns, chance, owed, turn) = (new ReaderTurns(inGroup), new Random(seed), new Dictionary<LiveConnection, int>(), (Turn?)null);
            var everyone = Enumerable.Range(0, 12).Select(_ => Open()).ToArray();
            for (var i = 0; i < 300; i++)
            {
                var one = everyone[chance.Next(everyone.Length)];
                switch (chance.Next(6))
                {
                    case 0 or 1:
                        turns.Join(one);
                        // What it was given before is known from where it begins anew.
                        Forget(one);
                        owed[one] = _said;
                        break;
                    case 2 when owed.ContainsKey(one):
                        Assert.True(turns.Leave(one));
                        Reached(one, owed[one]);
                        owed.Remove(one);
                        break;
                    case 2:
                        Assert.False(turns.Leave(one));
                        break;
                    case 3 or 4 when turn is null:
                        Say(turns);
                        turn = turns.Next();
                        break;
                    default:
                        if (turn is not null)
                            _instance.Steps.Do(() => turn.Give(chance.Next(1, 4)));
                        if (turn is { IsDone: true })
                            turn = null;
                        break;
                }
                Assert.Equal(owed.Count, turns.Count);
                Assert.Equal(owed.Keys.ToHashSet(), turns.All.ToHashSet());
            }
            if (turn is not null)
                Give(turn);
            for (var i = 0; turns.Next() is { } last; i++)
            {
                Assert.True(i < MostWaiting, "There were more turns than groups.");
                Give(last);
            }

            foreach (var (reader, since) in owed)
                Assert.Equal(_said, Reached(reader, since));
        }
    }

    LiveConnection Open()
    {
        var (connection, line) = _instance.Open(user: Guid.CreateVersion7());
        connection.EndSync(connection.BeginSync());
        _lines.Add(connection, line);
        return connection;
    }

    void Say(ReaderTurns turns)
    {
        var (from, to) = (_said, ++_said);
        turns.Say(Outgoing.Of(new Delta { Feed = FeedName.Users.ToString(), Epoch = 1, From = from, To = to, Items = [Contracts.ContractsJson.ToItem(new { id = Guid.CreateVersion7(), revision = to })] }));
    }

    void Give(Turn turn) => _instance.Steps.Do(() =>
    {
        while (!turn.IsDone)
            turn.Give(1);
    });

    void Forget(LiveConnection reader) => _lines[reader].Written.Clear();

    // How far a reader came, which must go on from where it began without gap or repetition.
    int Reached(LiveConnection reader, int since)
    {
        foreach (var (from, to) in Heard(reader))
        {
            Assert.Equal(since, from);
            since = to;
        }
        return since;
    }

    List<(int, int)> Heard(LiveConnection reader) =>
        [.. _lines[reader].Written.Select(w => ((InvocationMessage)w.Message.Message!).Arguments[0]).OfType<Delta>().Select(d => ((int)d.From, (int)d.To))];
}
