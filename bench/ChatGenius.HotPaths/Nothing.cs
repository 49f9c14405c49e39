using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Writing;

namespace ChatGenius.HotPaths;

/// <summary>A command that changes nothing: what is left is what the group commit itself allocates.</summary>
sealed class Nothing : WriteCommand<bool>
{
    static readonly Standing s_member = new(ChannelKind.Public, Archived: false, MemberRole.Member, new Fence());

    public void Decide() => Result = Admit(s_member);
}

/// <summary>Where commands that change nothing are committed.</summary>
sealed class Committed
{
    public int Transactions { get; private set; }
    public int Commands { get; private set; }

    public Task CommitAsync(IReadOnlyList<WriteCommand> commands)
    {
        (Transactions, Commands) = (Transactions + 1, Commands + commands.Count);
        foreach (var command in commands)
            ((Nothing)command).Decide();
        return Task.CompletedTask;
    }
}
