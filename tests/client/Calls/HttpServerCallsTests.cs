using System.Net.Sockets;
using ChatGenius.Client;
using Xunit;

namespace ChatGenius.ClientTests.Calls;

public sealed class HttpServerCallsTests
{
    [Fact]
    public async Task SocketThatFailsBare_IsAServerThatIsAway()
    {
        using var calls = new HttpServerCalls(new Uri("http://127.0.0.1:1"), new Reset());

        var away = await Assert.ThrowsAsync<HttpRequestException>(() => calls.CallAsync<object>(HttpMethod.Get, "anything", null, null, CancellationToken.None));

        Assert.IsType<SocketException>(away.InnerException);
    }

    /// <summary>What .NET's connections do where one is reset right after it was made.</summary>
    sealed class Reset : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new SocketException((int)SocketError.NotConnected);
    }
}
