using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Writing;
using ChatGenius.Realtime.Connections;
using ChatGenius.TestSupport.Stepping;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatGenius.FeedsTests.Costs;

/// <summary>What is dear is done once, for however many.</summary>
public sealed class OnceForManyTests
{
    [Fact]
    public void Delta_IsSerialisedOnce_WhoeverManyHaveIt()
    {
        var (protocol, outgoing) = (new CountingProtocol(), Outgoing.Of(new Delta { Feed = FeedName.Users.ToString(), Epoch = 1, From = 0, To = 1, Items = [] }));

        for (var connection = 0; connection < 1000; connection++)
            outgoing.Message.GetSerializedMessage(protocol);

        Assert.Equal(1, protocol.Serialised);
    }

    [Fact]
    public void SixtyFourThatWait_AreOneTransaction()
    {
        var (transactions, steps) = (new List<int>(), new Steps());
        var group = new GroupCommit(new Members(null!), CommitAsync, _ => false, (_, _) => { }, steps.Time);
        var waiting = new Task<bool>[64];

        steps.Do(() =>
        {
            for (var i = 0; i < waiting.Length; i++)
                waiting[i] = group.RunAsync(static () => new Nothing { ChannelId = Guid.Empty, Caller = Guid.Empty }, CancellationToken.None);
        });
        steps.Do(() => _ = group.WriteAsync());

        Assert.True(Array.TrueForAll(waiting, command => command.IsCompletedSuccessfully));
        Assert.Equal([64], transactions);

        Task CommitAsync(IReadOnlyList<WriteCommand> commands)
        {
            transactions.Add(commands.Count);
            foreach (var command in commands)
                ((Nothing)command).Decide();
            return Task.CompletedTask;
        }
    }

    sealed class Nothing : WriteCommand<bool>
    {
        static readonly Standing s_member = new(ChannelKind.Public, Archived: false, MemberRole.Member, new Fence());

        public void Decide() => Result = Admit(s_member);
    }

    /// <summary>SignalR's JSON, which counts what it serialises.</summary>
    sealed class CountingProtocol : IHubProtocol
    {
        readonly JsonHubProtocol _json = new();

        public int Serialised { get; private set; }
        public string Name => _json.Name;
        public int Version => _json.Version;
        public TransferFormat TransferFormat => _json.TransferFormat;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
        {
            Serialised++;
            return _json.GetMessageBytes(message);
        }

        public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);
        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) => _json.TryParseMessage(ref input, binder, out message);
        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);
    }
}
