using System.Net.Sockets;
using System.Text;
using ChatGenius.Contracts.Messages;
using ChatGenius.Hosting.Requests;

namespace ChatGenius.EdgeTests.Requests;

public sealed class BodyTests
{
    static readonly byte[] s_text = Encoding.UTF8.GetBytes($$"""{"clientId":"{{Guid.CreateVersion7()}}","text":"{{new string('é', 15_000)}}","more":1}""");

    // In one piece, cut within a character, and in many: larger than what the server reads at once.
    [Theory]
    [InlineData(100_000, false)]
    [InlineData(301, false)]
    [InlineData(5_000, true)]
    public async Task InAnyPieces_WithAMarkOrWithout_IsReadWhole(int piece, bool marked)
    {
        var arrived = new SemaphoreSlim(0);
        await using var server = await Running.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                arrived.Release();
                return next(context);
            });
            app.MapPost("/", (Body<PostMessage> body) => $"{body.Value.Text.Length} {body.Value.Text.Distinct().Single()}");
        });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var connection = new NetworkStream(socket);
        byte[] body = marked ? [.. Encoding.UTF8.Preamble, .. s_text] : s_text;
        // Two on one connection: what the first leaves would be taken for the second.
        for (var i = 0; i < 2; i++)
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
            foreach (var (at, part) in body.Chunk(piece).Index())
            {
                await connection.WriteAsync(part);
                // It is being read before the rest is there.
                if (at == 0)
                    Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));
            }

            var answer = await ReadAsync(connection);

            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
            Assert.Contains("ChatGenius-Ignored-Fields: more", answer, StringComparison.Ordinal);
            Assert.Contains("15000 é", answer, StringComparison.Ordinal);
        }
    }

    static async Task<string> ReadAsync(NetworkStream connection)
    {
        var (buffer, answer) = (new byte[4096], "");
        // The last chunk of a chunked answer.
        while (!answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            answer += Encoding.UTF8.GetString(buffer, 0, await connection.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        return answer;
    }
}
