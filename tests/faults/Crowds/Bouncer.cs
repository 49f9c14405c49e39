using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Shows visitors the door and lets them in again, and says something each time: what is said while they are out must never reach them.</summary>
internal sealed class Bouncer(ChatClient client, Town town, HistoryLog log, RunClock clock, Random chance)
{
    readonly HashSet<Guid> _out = [];

    /// <summary>Whether a user may read a feed now.</summary>
    public bool MayRead(Account account, FeedName feed) => !(feed.Id == town.Door && _out.Contains(account.Id));

    /// <summary>Goes on until told to stop. A change that was begun is asked for until it is answered, so that nobody is left between in and out.</summary>
    public async Task WorkAsync(TimeSpan pace, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var visitor = town.Visitors[chance.Next(town.Visitors.Count)];
            var joins = _out.Contains(visitor.Id);
            var members = await ChangeAsync(visitor, joins);
            for (var i = 0; i < 2; i++)
                await SayAsync(members);
            await Task.Delay(pace * (0.5 + chance.NextDouble()), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<Fence> ChangeAsync(Account visitor, bool joins)
    {
        var askedAt = clock.Now;
        var changed = await Insistence.UntilAnsweredAsync(() => joins ? client.Api.PutMemberAsync(town.Door, visitor.Id) : client.Api.RemoveMemberAsync(town.Door, visitor.Id));
        if (joins)
            _out.Remove(visitor.Id);
        else
            _out.Add(visitor.Id);
        log.Add(new MembershipChanged(clock.Now, town.Door, visitor.Id, joins, new Place(changed.Members.Epoch, changed.Membership.Revision), askedAt));
        return changed.Members;
    }

    async Task SayAsync(Fence members)
    {
        var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "at the door " + chance.Next(), Members = members };
        log.Add(new SendAttempted(clock.Now, town.Keeper.Id, body.ClientId, town.Door, body.Text, new Place(members.Epoch, members.Revision)));
        var stored = await Insistence.UntilAnsweredAsync(() => client.Api.PostAsync(town.Door, body));
        log.Add(new SendAcknowledged(clock.Now, town.Keeper.Id, body.ClientId, town.Door, stored.Id, stored.Seq, stored.Revision));
    }
}
