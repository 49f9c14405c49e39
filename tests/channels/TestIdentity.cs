using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Feeds;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.ChannelsTests;

/// <summary>Stands in for the identity service: signs tokens, owns a <c>users</c> feed, and can be away.</summary>
internal sealed class TestIdentity(string issuer) : ISigningKeys, ISessionEnds, IFeedOwner
{
    const int Epoch = 1;
    readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "test" };
    readonly ConcurrentDictionary<Guid, User> _users = new();
    readonly Lock _lock = new();
    long _head;

    public bool IsAway { get; set; }

    public Guid Register(bool active = true)
    {
        lock (_lock)
        {
            var id = Guid.CreateVersion7();
            _users[id] = new User { Id = id, Username = id.ToString("N"), DisplayName = "", StatusText = "", Active = active, Revision = ++_head };
            return id;
        }
    }

    public void Deactivate(Guid id)
    {
        lock (_lock)
            _users[id] = _users[id] with { Active = false, Revision = ++_head };
    }

    public string Token(Guid user, bool isAdministrator = false) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = AccessTokenValidator.Audience,
        TokenType = "at+jwt",
        Claims = new Dictionary<string, object> { ["sub"] = user.ToString("D"), ["sid"] = "session", ["role"] = isAdministrator ? "admin" : "user" },
        Expires = TimeProvider.System.GetUtcNow().AddMinutes(15).UtcDateTime,
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    public ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellation) => new([_key]);
    public ValueTask<IReadOnlyList<SecurityKey>> RefreshAsync(CancellationToken cancellation) => GetAsync(cancellation);
    public Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) => Task.FromResult(new EndedSessions { Items = [] });

    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        Answer();
        lock (_lock)
        {
            var from = request.Positions.Single().Epoch is null or 0 ? 0 : request.Positions.Single().Revision ?? 0;
            var items = _users.Values.Where(u => u.Revision > from).OrderBy(u => u.Revision).Select(ContractsJson.ToItem).ToArray();
            var delta = new Delta { Feed = "users", Epoch = Epoch, From = from, To = _head, Reset = from == 0, Items = items };
            return Task.FromResult(new PullAnswer { Deltas = from == _head ? [] : [delta], Heads = [Head], Failed = [] });
        }
    }

    public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation)
    {
        Answer();
        var sums = new long[FeedShard.Count];
        sums[FeedShard.Of("users")] = Head.Revision;
        return Task.FromResult(new ShardSums { Epoch = Epoch, Sums = sums });
    }

    public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation)
    {
        Answer();
        return Task.FromResult<IReadOnlyList<Head>>([Head]);
    }

    Head Head => new() { Feed = "users", Epoch = Epoch, Revision = Interlocked.Read(ref _head) };

    void Answer()
    {
        if (IsAway)
            throw new HttpRequestException("The identity service is away.");
    }
}
