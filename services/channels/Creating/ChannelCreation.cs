using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Channels.Members;

namespace ChatGenius.Channels.Creating;

/// <summary>Creates channels, each once. Thread-safe.</summary>
/// <remarks>
/// Two calls can only mean the same channel if they come from one author (<c>clientId</c>) or name the same people (direct). Both lock that author's or these people's feeds of
/// channels, so the second finds what the first made.
/// </remarks>
internal sealed class ChannelCreation(Database<ChannelsContext> database, FeedWriter<ChannelsContext> writer, ActiveUsers users, TimeProvider time)
{
    /// <summary>Creates a channel, or finds the one that is there already.</summary>
    public async Task<Created> CreateAsync(Asker asker, NewChannel wanted, CancellationToken cancellation)
    {
        bool isThere;
        await using (var db = database.Open())
        {
            if (await FindReplayAsync(db, asker, wanted, cancellation) is { } replay)
                return replay;
            isThere = await FindDirectAsync(db, wanted, cancellation) is not null;
        }
        if (isThere)
            return await writer.WriteAsync([FeedName.UserChannels(asker.UserId)], tx => OpenDirectAsync(tx, asker, wanted, cancellation), cancellation);
        await users.RequireAsync([.. wanted.Others], cancellation);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return await writer.WriteAsync([FeedName.Members(id), .. wanted.Members.Select(FeedName.UserChannels)], async tx =>
            await FindReplayAsync(tx.Db, asker, wanted, cancellation)
            ?? (await FindDirectAsync(tx.Db, wanted, cancellation) is null
                ? await MakeAsync(tx, id, wanted, cancellation)
                : await OpenDirectAsync(tx, asker, wanted, cancellation)), cancellation);
    }

    static async Task<Created?> FindReplayAsync(ChannelsContext db, Asker asker, NewChannel wanted, CancellationToken cancellation)
    {
        if (wanted.ClientId is not { } clientId
            || await db.Creations.SingleOrDefaultAsync(c => c.AuthorId == asker.UserId && c.ClientId == clientId, cancellation) is not { } before)
            return null;
        if (before.BodyHash != wanted.Hash)
            throw new ProblemException(ErrorCodes.ClientIdConflict);
        var head = await db.MembersHeadAsync(before.ChannelId, cancellation);
        return new Created((await ChannelAccess.EnterAsync(db, asker, before.ChannelId, cancellation)).Channel, head, Existed: true);
    }

    static async Task<ChannelRow?> FindDirectAsync(ChannelsContext db, NewChannel wanted, CancellationToken cancellation) =>
        wanted.DirectKey is { } key ? await db.Channels.SingleOrDefaultAsync(c => c.DirectKey == key, cancellation) : null;

    // Whoever opens a direct channel that they had hidden wants to see it.
    static async Task<Created> OpenDirectAsync(FeedTransaction<ChannelsContext> tx, Asker asker, NewChannel wanted, CancellationToken cancellation)
    {
        if (await FindReplayAsync(tx.Db, asker, wanted, cancellation) is { } replay)
            return replay;
        var id = (await FindDirectAsync(tx.Db, wanted, cancellation))!.Id;
        var head = await tx.Db.MembersHeadAsync(id, cancellation);
        var (channel, own, _) = await ChannelAccess.EnterAsync(tx.Db, asker, id, cancellation);
        if (own!.Hidden)
        {
            own.Hidden = false;
            tx.SettingsChanged(own);
        }
        Remember(tx.Db, id, wanted);
        return new Created(channel, head, Existed: true);
    }

    async Task<Created> MakeAsync(FeedTransaction<ChannelsContext> tx, Guid id, NewChannel wanted, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var isDirect = wanted.DirectKey is not null;
        var channel = new ChannelRow
        {
            Id = id,
            Kind = wanted.Kind,
            Name = wanted.Name,
            NameKey = isDirect ? null : ChannelText.NameKey(wanted.Name),
            DirectKey = wanted.DirectKey,
            Topic = wanted.Topic,
            CreatedBy = wanted.Author,
            CreatedAt = now,
            MemberCount = wanted.Members.Count,
        };
        tx.Db.Add(channel);
        tx.ChannelChanged(channel);
        foreach (var user in wanted.Members)
        {
            var role = !isDirect && user == wanted.Author ? MemberRole.Owner : MemberRole.Member;
            var membership = new MembershipRow { ChannelId = id, UserId = user, Role = role, JoinedAt = now };
            tx.Db.Add(membership);
            tx.MembershipChanged(membership);
        }
        Remember(tx.Db, id, wanted);
        if (!isDirect)
            await tx.Db.SaveWithNameAsync(channel, cancellation);
        return new Created(channel, tx.At(FeedName.Members(id)), Existed: false);
    }

    static void Remember(ChannelsContext db, Guid id, NewChannel wanted)
    {
        if (wanted.ClientId is { } clientId)
            db.Add(new CreationRow { AuthorId = wanted.Author, ClientId = clientId, ChannelId = id, BodyHash = wanted.Hash });
    }
}

/// <summary>A channel that was created or found.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Members">Where its members feed stands.</param>
/// <param name="Existed">True when it was there already.</param>
internal sealed record Created(ChannelRow Channel, Fence Members, bool Existed);
