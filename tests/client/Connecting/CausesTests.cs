using System.Net;
using System.Net.Sockets;
using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.Contracts.Realtime;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.ClientTests.Connecting;

/// <summary>Every way to lose a connection, or not to get one, and the one thing that follows from it.</summary>
public sealed class CausesTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(CloseCode.Stalled, ConnectionCause.Stalled, 500)]
    [InlineData(CloseCode.Draining, ConnectionCause.Draining, 1000)]
    [InlineData(CloseCode.TooMany, ConnectionCause.TooMany, 30_000)]
    [InlineData(4999, ConnectionCause.OtherCode, 2000)]
    public void ClosedWithACode_ThatMayComeBack_ComesBackWhenItWasTold(int code, ConnectionCause cause, int waitMs)
    {
        using var client = new OneClient();
        client.Live();
        Close(client, CloseCode.Closing(code) with { Reconnect = true, RetryAfterMs = waitMs });

        AssertLast(client, ConnectionState.Live, ConnectionState.Connecting, cause);
        client.Steps.Pass(TimeSpan.FromMilliseconds(waitMs - 1));
        Assert.Single(client.Server.Lines);
        client.Steps.Pass(TimeSpan.FromMilliseconds(1));
        AssertLive(client, lines: 2);
    }

    [Fact]
    public void Closed4001_Expired_RenewsTheTokenAndComesBackAtOnce()
    {
        using var client = new OneClient();
        client.Live();
        Close(client, CloseCode.Closing(CloseCode.Expired));

        Assert.Contains(new ConnectionChange(ConnectionState.Live, ConnectionState.Connecting, ConnectionCause.Expired), client.Changes);
        AssertLive(client, lines: 2);
        Assert.Equal(["password", "refresh_token"], client.Server.Grants);
        Assert.Equal("access-2", client.Server.Line.Token);
    }

    [Fact]
    public void Closed4002_SessionEnded_StaysAwayUntilTheNextSignIn()
    {
        using var client = new OneClient();
        client.Live();
        Close(client, CloseCode.Closing(CloseCode.SessionEnded));

        AssertLast(client, ConnectionState.Live, ConnectionState.Offline, ConnectionCause.SessionEnded);
        client.Steps.Pass(TimeSpan.FromHours(1));
        Assert.Single(client.Server.Lines);
        client.Steps.Finish(() => client.Chat.SignInAsync("ann", "correct horse"));
        AssertLive(client, lines: 2);
    }

    [Fact]
    public void Closed4006_ProtocolError_StaysAway()
    {
        using var client = new OneClient();
        client.Live();
        Close(client, CloseCode.Closing(CloseCode.ProtocolError));

        AssertLast(client, ConnectionState.Live, ConnectionState.Offline, ConnectionCause.ProtocolError);
        client.Steps.Pass(TimeSpan.FromHours(1));
        Assert.Single(client.Server.Lines);
    }

    [Fact]
    public void ToldToClose_WithoutTheEnd_GoesByItself()
    {
        using var client = new OneClient();
        client.Live();
        client.Steps.Do(() => client.Server.Line.Events.Closing(CloseCode.Closing(CloseCode.Draining, 300)));

        Assert.True(client.Server.Line.Disposed);
        client.Steps.Pass(s_second);
        AssertLive(client, lines: 2);
    }

    [Theory]
    [InlineData(ConnectionCause.Lost)]
    [InlineData(ConnectionCause.Silent)]
    public void EndedWithoutACode_ComesBackWithinTheFirstBackOff(ConnectionCause cause)
    {
        using var client = new OneClient();
        client.Live();
        client.Steps.Do(() => client.Server.Line.End(cause));

        AssertLast(client, ConnectionState.Live, ConnectionState.Connecting, cause);
        client.Steps.Pass(TimeSpan.FromMilliseconds(99));
        Assert.Single(client.Server.Lines);
        client.Steps.Pass(TimeSpan.FromMilliseconds(101));
        AssertLive(client, lines: 2);
    }

    [Fact]
    public void SyncThatIsNeverAnswered_IsSilence()
    {
        using var client = new OneClient();
        client.Server.OnSync = null;
        client.Live();
        client.Steps.Pass(TimeSpan.FromSeconds(30));

        AssertLast(client, ConnectionState.CatchingUp, ConnectionState.Connecting, ConnectionCause.Silent);
        Assert.True(client.Server.Line.Disposed);
    }

    static readonly Dictionary<string, (Func<Exception>? Failure, ConnectionCause Cause)> s_refusals = new()
    {
        ["503"] = (() => new HttpRequestException("no", null, HttpStatusCode.ServiceUnavailable), ConnectionCause.Unavailable),
        ["502 of a proxy"] = (() => new HttpRequestException("no", null, HttpStatusCode.BadGateway), ConnectionCause.Unavailable),
        ["unknown name"] = (() => new HttpRequestException(HttpRequestError.NameResolutionError, "no"), ConnectionCause.NameUnknown),
        ["unknown name, as a socket says it"] = (() => new HttpRequestException("no", new SocketException((int)SocketError.HostNotFound)), ConnectionCause.NameUnknown),
        ["nothing listens"] = (() => new HttpRequestException(HttpRequestError.ConnectionError, "no"), ConnectionCause.Unreachable),
        ["no transport works"] = (() => new AggregateException("Unable to connect to the server with any of the available transports."), ConnectionCause.Lost),
        ["the handshake is not answered"] = (() => new TimeoutException(), ConnectionCause.Silent),
        ["nothing is answered"] = (null, ConnectionCause.Silent),
    };

    public static TheoryData<string> Refusals => [.. s_refusals.Keys];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void NotOpened_GoesOnTryingWithGrowingPauses(string how)
    {
        using var client = new OneClient();
        var (failure, cause) = s_refusals[how];
        var starts = new List<TimeSpan>();
        client.Server.OnStart = _ =>
        {
            starts.Add(client.Steps.Time.Elapsed);
            return failure is null ? new TaskCompletionSource().Task : throw failure();
        };
        client.Live();
        client.Steps.Pass(TimeSpan.FromMinutes(10));

        AssertLast(client, ConnectionState.Connecting, ConnectionState.Connecting, cause);
        var pauses = starts.Zip(starts.Skip(1), (a, b) => b - a).ToArray();
        var most = TimeSpan.FromSeconds(failure is null ? 40 : 10);
        Assert.True(pauses[0] < TimeSpan.FromSeconds(31) && pauses[^1] - pauses[0] > TimeSpan.FromSeconds(4) && pauses.Max() <= most, $"The first pause is {pauses[0]}, the longest {pauses.Max()}.");

        client.Server.OnStart = null;
        client.Steps.Pass(most);
        AssertLive(client, client.Server.Lines.Count);
    }

    [Fact]
    public void NotOpened_401_RenewsTheTokenAndTriesAgain()
    {
        using var client = new OneClient();
        client.Server.OnStart = line => line.Token == "access-1" ? throw new HttpRequestException("no", null, HttpStatusCode.Unauthorized) : Task.CompletedTask;
        client.Live();

        AssertLast(client, ConnectionState.Connecting, ConnectionState.Connecting, ConnectionCause.Unauthenticated);
        client.Steps.Pass(s_second);
        AssertLive(client, lines: 2);
        Assert.Equal("access-2", client.Server.Line.Token);
    }

    [Fact]
    public void RefreshTokenRefused_IsTheEndOfTheSession()
    {
        using var client = new OneClient();
        client.Server.OnStart = _ => throw new HttpRequestException("no", null, HttpStatusCode.Unauthorized);
        client.Server.OnToken = (_, _) => throw new ChatApiException(HttpStatusCode.BadRequest, "invalid_grant", "The session ended.", null);
        client.Live();

        AssertLast(client, ConnectionState.Connecting, ConnectionState.Offline, ConnectionCause.SessionEnded);
        client.Steps.Pass(TimeSpan.FromHours(1));
        Assert.Single(client.Server.Lines);
    }

    [Fact]
    public void NobodySignedIn_WaitsForTheSignIn()
    {
        using var client = new OneClient(signIn: false);
        client.Live();

        AssertLast(client, ConnectionState.Connecting, ConnectionState.Offline, ConnectionCause.SignedOut);
        client.Steps.Pass(TimeSpan.FromHours(1));
        Assert.DoesNotContain(client.Server.Lines, line => line.Started);
        client.Steps.Finish(() => client.Chat.SignInAsync("ann", "correct horse"));
        AssertLive(client, client.Server.Lines.Count);
    }

    [Fact]
    public void NetworkGone_IsOfflineUntilItIsBack()
    {
        using var client = new OneClient();
        client.Live();
        client.Server.OnStart = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "no");
        client.Steps.Do(() => client.Chat.NetworkIs(up: false));
        Assert.Equal(ConnectionState.Live, client.Chat.State);
        client.Steps.Do(() => client.Server.Line.End());
        AssertLast(client, ConnectionState.Live, ConnectionState.Offline, ConnectionCause.NoNetwork);
        client.Steps.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((ConnectionState.Offline, ConnectionCause.NoNetwork), (client.Chat.State, client.Changes[^1].Cause));

        client.Server.OnStart = null;
        client.Steps.Do(() => client.Chat.NetworkIs(up: true));
        AssertLive(client, client.Server.Lines.Count);
    }

    [Fact]
    public void NetworkBack_WhileTheConnectionStands_ComparesEverything()
    {
        using var client = new OneClient();
        client.Live();
        client.Steps.Do(() => client.Chat.NetworkIs(up: true));

        Assert.Equal(2, client.Server.Line.Syncs.Count);
        AssertLast(client, ConnectionState.CatchingUp, ConnectionState.Live, ConnectionCause.CaughtUp);
    }

    [Fact]
    public void Stopped_IsFinal()
    {
        using var client = new OneClient();
        client.Live();
        client.Steps.Finish(client.Chat.StopAsync);

        AssertLast(client, ConnectionState.Live, ConnectionState.Offline, ConnectionCause.Stopped);
        client.Steps.Do(client.Chat.Start);
        client.Steps.Pass(TimeSpan.FromHours(1));
        Assert.True(Assert.Single(client.Server.Lines).Disposed);
        Assert.Null(client.Steps.Time.Next);
    }

    [Fact]
    public void NotStarted_ConnectsNothing()
    {
        using var client = new OneClient();
        client.Steps.Do(() => client.Chat.Watch(OneClient.Feed));
        client.Steps.Pass(TimeSpan.FromHours(1));

        Assert.Empty(client.Server.Lines);
        Assert.Equal(ConnectionState.Offline, client.Chat.State);
    }

    [Fact]
    public void EveryCause_HasItsRowInTheReadme()
    {
        var readme = File.ReadAllText(TestSupport.Repository.Path("clients/dotnet/README.md"));
        foreach (var cause in Enum.GetValues<ConnectionCause>())
            Assert.Contains($"| `{cause}` |", readme, StringComparison.Ordinal);
    }

    static void Close(OneClient client, ConnectionClosing closing) => client.Steps.Do(() =>
    {
        client.Server.Line.Events.Closing(closing);
        client.Server.Line.End();
    });

    static void AssertLast(OneClient client, ConnectionState from, ConnectionState to, ConnectionCause cause) => Assert.Equal(new ConnectionChange(from, to, cause), client.Changes[^1]);

    static void AssertLive(OneClient client, int lines)
    {
        Assert.Equal(ConnectionState.Live, client.Chat.State);
        Assert.Equal(lines, client.Server.Lines.Count);
        Assert.All(client.Server.Lines.SkipLast(1), line => Assert.True(line.Disposed));
        Assert.All(client.Server.Line.Syncs[0], position => Assert.Equal(OneClient.Feed.ToString(), position.Feed));
    }
}
