using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;
using ChatGenius.Histories;
using ChatGenius.Hosting.Problems;
using ChatGenius.Messages.Posting;

namespace ChatGenius.SimulationTests.World;

/// <summary>A person with the project's own client, on simulated wires.</summary>
internal sealed class SimClient
{
    readonly SimWorld _world;
    readonly Dictionary<Guid, Fence> _known = [];

    public SimClient(SimWorld world, SimProcess by, int number)
    {
        (_world, By, Name) = (world, by, by.Name);
        User = SimWorld.Id(1, number);
        var ids = 0;
        Chat = new ChatClient(new ChatClientOptions
        {
            Address = new Uri("http://simulation"),
            Time = by.Time,
            Chance = new Random(world.Loop.Chance.Next()),
            MaxBackOff = TimeSpan.FromSeconds(2),
            CallTimeout = TimeSpan.FromSeconds(6),
            Ids = _ => SimWorld.Id(100 + number, ids++),
            Bug = world.Bug,
        }, new Calls(world, this), events => new SimSocket(world, this, events));
        by.Do(StartAsync);
    }

    public SimProcess By { get; }
    public string Name { get; }
    public Guid User { get; }
    public ChatClient Chat { get; }

    /// <summary>The views of what it watches.</summary>
    public List<FeedView> Views { get; } = [];

    /// <summary>Its present connection; null before the first.</summary>
    public SimSocket? Socket { get; private set; }

    /// <summary>Its session.</summary>
    public string? Session { get; set; }

    /// <summary>Resumes that have ended and are not told yet.</summary>
    public Queue<Observation> Ended { get; } = [];

    public void TellEnded()
    {
        while (Ended.TryDequeue(out var ended))
            _world.Log.Add(ended);
    }

    public void Opened(SimSocket socket) => Socket = socket;

    /// <summary>Sends a message, with the newest members position that it knows of.</summary>
    public void Post(Guid channel, string text) => By.Do(async () =>
    {
        var (members, standing) = (_known.GetValueOrDefault(channel), _world.MembershipOf(channel, User));
        var message = Chat.Outbox.Send(channel, text, members: members);
        _world.Log.Add(new SendAttempted(_world.Ms, User, message.Body.ClientId, channel, text, members is null ? default : new Place(members.Epoch, members.Revision)));
        await Chat.Outbox.SettledAsync(message);
        if (message is { State: SendState.Sent, Message: { } stored })
        {
            // An answer that comes after a restore may tell of what the restore took.
            if (_world.StoredAfter.GetValueOrDefault((User, message.Body.ClientId)) == _world.Restores)
                _world.Log.Add(new SendAcknowledged(_world.Ms, User, message.Body.ClientId, channel, stored.Id, stored.Seq, stored.Revision));
        }
        else if (message.Failure is { } failure)
        {
            // An earlier try may still be under way, and is stored if it arrives where one is a member again: a refusal ends nothing but a try. What is stored must not be
            // refused; that one has no session any more says nothing about the message.
            if (failure.Code is not ("invalid_grant" or "session_ended") && _world.StoredAfter.ContainsKey((User, message.Body.ClientId)))
                _world.Log.Add(new SendRefused(_world.Ms, User, message.Body.ClientId, channel, failure.Code));
            if (failure.Code is "not_a_member" or "not_found" && standing.IsMember && standing == _world.MembershipOf(channel, User))
                _world.RefusedMembers.Add($"[5] {Name} was refused ({failure.Code}) at {_world.Ms} ms in {channel}, and was a member all along.");
        }
    });

    /// <summary>Changes the text of one of its own messages that it holds, or deletes it.</summary>
    public void Change(Guid channel, int which, string? text) =>
        Change(channel, which, m => m.AuthorId == User, m => text is null ? Chat.Api.DeleteAsync(channel, m.Id) : Chat.Api.EditAsync(channel, m.Id, new EditMessage { Text = text }));

    /// <summary>Reacts to a message that it holds, or takes the reaction back.</summary>
    public void React(Guid channel, int which, string emoji, bool present) =>
        Change(channel, which, _ => true, m => present ? Chat.Api.ReactAsync(channel, m.Id, emoji) : Chat.Api.UnreactAsync(channel, m.Id, emoji));

    /// <summary>Takes somebody in, or out, asking until it is answered; then may write at once.</summary>
    public void Member(Guid channel, SimClient other, bool left, string? thenText) => By.Do(async () =>
    {
        var asked = _world.Ms;
        for (var tries = 0; ; tries++)
            try
            {
                var changed = left ? await Chat.Api.RemoveMemberAsync(channel, other.User) : await Chat.Api.PutMemberAsync(channel, other.User);
                _known[channel] = changed.Members;
                _world.Log.Add(new MembershipChanged(_world.Ms, channel, other.User, !left, new Place(changed.Members.Epoch, changed.Membership.Revision), asked));
                if (thenText is not null)
                    Post(channel, thenText);
                return;
            }
            catch (ChatApiException refused) when (!refused.IsPassing)
            {
                return;
            }
            catch (Exception failure) when (failure is ChatApiException or HttpRequestException or TimeoutException)
            {
                await By.Pause(TimeSpan.FromMilliseconds(200 + (100 * tries)));
            }
    });

    /// <summary>Asks for older messages.</summary>
    public void Older(Guid channel) => By.Do(async () =>
    {
        if (Views.Find(v => v.Name == FeedName.Messages(channel)) is not { } view)
            return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3), By.Time);
        try
        {
            await view.OlderAsync(4, patience.Token);
        }
        catch (Exception failure) when (failure is ChatApiException or HttpRequestException or TimeoutException or OperationCanceledException)
        {
            // A page that does not come changes nothing.
        }
    });

    void Change(Guid channel, int which, Func<Message, bool> may, Func<Message, Task<Message>> change) => By.Do(async () =>
    {
        if (Views.Find(v => v.Name == FeedName.Messages(channel)) is not { } view)
            return;
        if (view.Messages.Where(m => !m.Deleted && may(m)).OrderBy(m => m.Seq).ToList() is not { Count: > 0 } candidates)
            return;
        try
        {
            var restores = _world.Restores;
            var changed = await change(candidates[which % candidates.Count]);
            if (restores == _world.Restores)
                _world.Log.Add(new ChangeAcknowledged(_world.Ms, User, view.Name.ToString(), changed.Id.ToString("D"), changed.Revision));
        }
        catch (Exception failure) when (failure is ChatApiException or HttpRequestException or TimeoutException)
        {
            // Nobody knows whether it was done; what the owner holds counts.
        }
    });

    async Task StartAsync()
    {
        // Some come later.
        await By.Pause(TimeSpan.FromMilliseconds(_world.Loop.Chance.Next(3) == 0 ? _world.Loop.Chance.Next(5000) : 0));
        while (Chat.UserId is null)
            try
            {
                await Chat.SignInAsync(User.ToString(), "");
            }
            catch (Exception failure) when (failure is ChatApiException or HttpRequestException or TimeoutException)
            {
                await By.Pause(TimeSpan.FromMilliseconds(100));
            }
        Watch(FeedName.UserChannels(User));
        foreach (var channel in _world.Channels)
            foreach (var feed in new[] { FeedName.Messages(channel), FeedName.Members(channel) })
                Watch(feed);
        Chat.Start();
    }

    void Watch(FeedName feed)
    {
        var view = Chat.Watch(feed);
        Views.Add(view);
        view.Applied = delta =>
        {
            if (delta is not null)
            {
                _world.Log.Add(new DeltaApplied(_world.Ms, Name, User, delta.Feed, delta.Epoch, delta.From, delta.To, delta.Reset, delta.Floor, Place.Of(delta.Fence), Entities(view.Name.Kind, delta)));
                return;
            }
            // Where it came to by deltas, and that it begins from nothing.
            var stood = Place.Of(view.Position);
            _world.Log.Add(new PositionMoved(_world.Ms, Name, view.Name.ToString(), Place.Nothing, stood, ByReset: true));
            _world.Log.Add(new PositionMoved(_world.Ms, Name, view.Name.ToString(), stood, Place.Nothing, ByReset: false));
        };
    }

    // What they say is compared at rest.
    static Entity[] Entities(FeedKind kind, Delta delta) =>
        [.. delta.Items.Select(i => new Entity(FeedItems.Key(kind, i), FeedItems.Revision(i), 0, kind == FeedKind.Messages ? i.GetProperty("seq").GetInt64() : 0))];

    /// <summary>The server's HTTP calls over the simulated network.</summary>
    sealed class Calls(SimWorld world, SimClient client) : IServerCalls
    {
        public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation)
        {
            var parts = path.Split('?')[0].Split('/');
            var channel = Guid.Parse(parts[3]);
            var answer = (method.Method, parts[4]) switch
            {
                ("POST", "messages") => await world.AtMessagesAsync<object>(client.By, at => PostAsync(at, channel, (PostMessage)body!), cancellation),
                ("PUT" or "DELETE", "messages") when parts.Length > 7 => await ChangeAsync(
                    () => new SimReaction { ChannelId = channel, Caller = client.User, MessageId = Guid.Parse(parts[5]), Emoji = Uri.UnescapeDataString(parts[7]), Present = method == HttpMethod.Put }, cancellation),
                ("PATCH" or "DELETE", "messages") => await ChangeAsync(
                    () => new SimEdit { ChannelId = channel, Caller = client.User, MessageId = Guid.Parse(parts[5]), Text = (body as EditMessage)?.Text }, cancellation),
                ("GET", "messages") => await world.AtMessagesAsync<object>(client.By, async at => await at.PageAsync(channel, client.User, Before(path), 4), cancellation),
                ("PUT", "members") => await world.AtChannelsAsync<object>(client.By, async at => await at.ChangeAsync(channel, Guid.Parse(parts[5]), left: false), cancellation),
                ("DELETE", "members") => await world.AtChannelsAsync<object>(client.By, async at => await at.ChangeAsync(channel, Guid.Parse(parts[5]), left: true), cancellation),
                _ => throw new NotSupportedException(path),
            };
            return (T)answer;
        }

        public async Task<TokenAnswer> TokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellation)
        {
            var answer = await world.Network.CallAsync(client.By, () => world.Identity.By, () => Task.FromResult(world.Identity.Token(form)), cancellation);
            client.Session = answer.RefreshToken;
            return answer;
        }

        public Task RevokeAsync(string token, CancellationToken cancellation) => Task.CompletedTask;

        public void Dispose()
        {
        }

        async Task<object> PostAsync(SimMessages at, Guid channel, PostMessage post)
        {
            var hash = PostCommand.Hash(channel, post);
            return (await at.Commits.RunAsync(() => new PostCommand
            {
                ChannelId = channel,
                Caller = client.User,
                Id = world.NextMessage(),
                ClientId = post.ClientId,
                Text = post.Text,
                Mentions = [],
                Members = post.Members,
                BodyHash = hash,
            }, CancellationToken.None)).Message;
        }

        Task<object> ChangeAsync(Func<SimChange> change, CancellationToken cancellation) =>
            world.AtMessagesAsync<object>(client.By, async at => await at.Commits.RunAsync(change, CancellationToken.None), cancellation);

        static long? Before(string path) => path.Split("before=") is [_, var seq] ? long.Parse(seq.Split('&')[0], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
