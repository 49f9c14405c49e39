using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

public sealed partial class ChatClient
{
    /// <summary>A line with its client: what comes over it, and what the server said about its end.</summary>
    sealed class OpenLine : IHubEvents
    {
        readonly ChatClient _client;

        public OpenLine(ChatClient client)
        {
            _client = client;
            Line = client._lines(this);
        }

        public IHubLine Line { get; }

        /// <summary>The sign-in that it began with.</summary>
        public int? Session { get; set; }

        /// <summary>The access token that the line has.</summary>
        public string? Token { get; set; }

        /// <summary>What the server said, if it closes the line.</summary>
        public ConnectionClosing? Said { get; private set; }

        /// <summary>True once every feed was at its head.</summary>
        public bool WasLive { get; set; }

        public void Delta(Delta delta) => _client.Take(delta);

        public void Heads(IReadOnlyList<Head> heads) => _client.Do((plan, now) => plan.Offer(heads, now));

        public void Behind(IReadOnlyList<string> feeds) => _client.Do((plan, now) => plan.Ask(feeds, now));

        public void Dropped(IReadOnlyList<string> feeds) => _client.Do((plan, now) => plan.Ask(feeds, now));

        public void Typing(TypingSeen typing) => Handlers.Tell(_client.Typing, typing, _client.LogHandlerFailed);

        public void Presence(IReadOnlyList<PresenceSeen> presence) => Handlers.Tell(_client.Presence, presence, _client.LogHandlerFailed);

        public void Expiring(TokenExpiring expiring) => _ = _client.RenewAsync(this);

        public void Closing(ConnectionClosing closing)
        {
            Said = closing;
            // The end itself may be lost on the way; what was said is enough.
            _client._wakeup.Call();
        }
    }
}
