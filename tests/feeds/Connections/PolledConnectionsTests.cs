using ChatGenius.Realtime.Opening;
using ChatGenius.TestSupport.Stepping;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public class PolledConnectionsTests
{
    readonly Steps _steps = new();
    readonly PolledConnections _polled;

    public PolledConnectionsTests()
    {
        _polled = new PolledConnections(_steps.Time);
        _polled.Open("open", "session");
    }

    [Theory]
    [InlineData("GET", "open", "session", true)]
    [InlineData("POST", "open", "session", false)]
    [InlineData("DELETE", "open", "session", false)]
    [InlineData("GET", "open", "another", false)]
    [InlineData("GET", "unknown", "session", false)]
    [InlineData("GET", "", "session", false)]
    public void Request_OfAPolledConnection_IsAPollWhenItAsksForTheSameSession(string method, string id, string session, bool isPoll) =>
        Assert.Equal(isPoll, IsPoll(method, id, session));

    [Fact]
    public void Poll_OfAConnectionThatEnded_IsOneForFiveSeconds()
    {
        _steps.Do(() => _ = _polled.CloseAsync("open"));

        _steps.Pass(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.True(IsPoll("GET", "open", "session"));
        _steps.Pass(TimeSpan.FromMilliseconds(1));
        Assert.False(IsPoll("GET", "open", "session"));
    }

    bool IsPoll(string method, string id, string session)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.QueryString) = (method, QueryString.Create("id", id));
        return _polled.IsPoll(request, session);
    }
}
