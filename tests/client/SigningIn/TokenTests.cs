using System.Net;
using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Realtime;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.ClientTests.SigningIn;

public sealed class TokenTests : IDisposable
{
    static readonly User s_ann = new() { Id = FakeServer.Me, Username = "ann", DisplayName = "Ann", StatusText = "", Active = true, Revision = 1 };
    readonly OneClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Expiring_RenewsOnTheOpenLine()
    {
        _client.Live();
        _client.Steps.Do(() => _client.Server.Line.Events.Expiring(new TokenExpiring { At = _client.Steps.Time.GetUtcNow() }));

        Assert.Equal(["renew access-2"], _client.Server.Line.Said);
        Assert.Single(_client.Server.Lines);
    }

    [Fact]
    public void Call_AnsweredTokenExpired_IsMadeAgainWithAFreshOne()
    {
        _client.Server.OnCall = (_, token) => token == "access-1" ? throw new ChatApiException(HttpStatusCode.Unauthorized, "token_expired", "", null) : Task.FromResult<object>(s_ann);

        Assert.Equal(s_ann, _client.Steps.Finish(() => _client.Chat.Api.MeAsync()));
        Assert.Equal(["access-1", "access-2"], _client.Server.Calls.Select(c => c.Token));
    }

    [Fact]
    public void CallsTogether_WithAnOldToken_ShareOneRenewal()
    {
        _client.Server.OnCall = (_, _) => Task.FromResult<object>(s_ann);
        _client.Steps.Pass(TimeSpan.FromMinutes(13));
        _client.Steps.Finish(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _client.Chat.Api.MeAsync())));

        Assert.Equal(["password", "refresh_token"], _client.Server.Grants);
        Assert.All(_client.Server.Calls, c => Assert.Equal("access-2", c.Token));
    }

    [Fact]
    public void Renewal_ThatFailsForNow_LeavesTheOldTokenInUseWhileItIsGood()
    {
        _client.Server.OnCall = (_, _) => Task.FromResult<object>(s_ann);
        _client.Server.OnToken = (_, _) => throw new HttpRequestException("away");
        _client.Steps.Pass(TimeSpan.FromMinutes(13));

        Assert.Equal(s_ann, _client.Steps.Finish(() => _client.Chat.Api.MeAsync()));
        _client.Steps.Pass(TimeSpan.FromMinutes(3));
        Assert.Throws<HttpRequestException>(() => _client.Steps.Finish(() => _client.Chat.Api.MeAsync()));
    }

    [Fact]
    public void Renewal_WhoseAnswerIsLost_AsksAgainWhileTheOldRefreshTokenStillCounts()
    {
        var asked = new List<TimeSpan>();
        _client.Server.OnCall = (_, _) => Task.FromResult<object>(s_ann);
        _client.Server.OnToken = (_, number) =>
        {
            asked.Add(_client.Steps.Time.Elapsed);
            return asked.Count < 3 ? new TaskCompletionSource<TokenAnswer>().Task : Task.FromResult(new TokenAnswer("fresh", "refresh", TimeSpan.FromMinutes(15), null));
        };
        _client.Steps.Pass(TimeSpan.FromMinutes(13));
        _client.Steps.Finish(() => _client.Chat.Api.MeAsync());

        Assert.True(asked[2] - asked[0] < TimeSpan.FromSeconds(10), $"The third came after {asked[2] - asked[0]}.");
        Assert.Equal(("fresh", FakeServer.Me), (_client.Server.Calls[^1].Token, _client.Chat.UserId));
    }

    [Fact]
    public void SignOut_DuringARenewal_HasTheLastWord()
    {
        var renewal = new TaskCompletionSource<TokenAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Server.OnCall = (_, _) => Task.FromResult<object>(s_ann);
        _client.Server.OnToken = (_, _) => renewal.Task;
        _client.Steps.Pass(TimeSpan.FromMinutes(13));
        Task? call = null;
        _client.Steps.Do(() => call = _client.Chat.Api.MeAsync());
        _client.Steps.Finish(() => _client.Chat.SignOutAsync());
        _client.Steps.Do(() => renewal.SetResult(new TokenAnswer("late", "late", TimeSpan.FromMinutes(15), FakeServer.Me)));

        Assert.True(call!.IsCompleted && _client.Server.Revoked);
        Assert.Null(_client.Chat.UserId);
    }
}
