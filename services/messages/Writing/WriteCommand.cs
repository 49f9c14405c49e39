using System.Diagnostics;
using ChatGenius.Messages.Membership;

namespace ChatGenius.Messages.Writing;

/// <summary>Whether a command could be decided with the memberships at hand.</summary>
internal enum Admission
{
    /// <summary>It was decided.</summary>
    Decided,

    /// <summary>The copy of the members feed is behind a position that the caller knows.</summary>
    MembersBehind,

    /// <summary>The copy says that the caller is no member.</summary>
    NotMember,
}

/// <summary>A change of a channel's messages, waiting for the transaction that carries it.</summary>
internal abstract class WriteCommand
{
    public required Guid ChannelId { get; init; }
    public required Guid Caller { get; init; }

    /// <summary>The newest members position that the caller knows of.</summary>
    public Fence? Members { get; init; }

    /// <summary>What is traced of the request that asks for it; null when nobody traces.</summary>
    public Activity? Request { get; } = Activity.Current;

    public FeedName Feed => FeedName.Messages(ChannelId);

    /// <summary>True when the copy of the members feed was brought to <see cref="Members"/> since the caller named it.</summary>
    public bool HasReachedMembers { get; set; }

    /// <summary>Every feed that it may change.</summary>
    public virtual IEnumerable<FeedName> Feeds => [Feed];

    /// <summary>Users besides the caller whose membership matters.</summary>
    public virtual IEnumerable<Guid> Others => [];

    /// <summary>True for what an archived channel still takes.</summary>
    public virtual bool WorksWhenArchived => false;

    /// <summary>What came of it; valid when the transaction is committed.</summary>
    public Admission Admission { get; private set; }

    /// <summary>The caller's standing, as read in the transaction.</summary>
    public Standing? Standing { get; private set; }

    /// <summary>Why it was refused, before it wrote anything.</summary>
    public ProblemException? Refused { get; protected set; }

    /// <summary>Decides whether the memberships at hand are new enough, and the caller among them.</summary>
    public bool Admit(Standing standing, Bug bug = Bug.None)
    {
        Refused = null;
        Standing = standing;
        // Who is no member is told nothing of the channel's positions: a "no" is verified with the owner, which brings the copy to its head, too.
        Admission = !standing.IsMember ? Admission.NotMember
            : Members is { } wanted && (HasReachedMembers ? wanted.IsAfter(standing.Fence) : wanted.MayLieBeyond(standing.Fence)) && bug != Bug.MembersPositionIgnored ? Admission.MembersBehind : Admission.Decided;
        if (Admission != Admission.Decided)
            return false;
        if (standing.Archived && !WorksWhenArchived)
            Refused = new ProblemException(ErrorCodes.ChannelArchived);
        return Refused is null;
    }

    /// <summary>Answers the caller: the transaction is committed.</summary>
    public abstract void Settle();

    /// <summary>Answers the caller: the transaction failed.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>A command with a result.</summary>
internal abstract class WriteCommand<T> : WriteCommand
{
    readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the transaction that carried it did.</summary>
    public async Task SettledAsync() => await _settled.Task;

    /// <summary>The result of a command that was decided and not refused.</summary>
    public T? Result { get; protected set; }

    public override void Settle() => _settled.TrySetResult();

    public override void Fail(Exception failure) => _settled.TrySetException(failure);
}

/// <summary>A command that is applied by itself, inside the shared transaction.</summary>
internal abstract class SingleCommand<T> : WriteCommand<T>, ISingleCommand
{
    public async Task ApplyAsync(WriteBatch batch, CancellationToken cancellation)
    {
        try
        {
            Result = await DecideAsync(batch, cancellation);
        }
        catch (ProblemException refusal)
        {
            Refused = refusal;
        }
    }

    /// <summary>Decides and writes. A refusal is thrown before anything is written.</summary>
    protected abstract Task<T> DecideAsync(WriteBatch batch, CancellationToken cancellation);
}

/// <summary>What the pipeline sees of a <see cref="SingleCommand{T}"/>.</summary>
internal interface ISingleCommand
{
    Task ApplyAsync(WriteBatch batch, CancellationToken cancellation);
}
