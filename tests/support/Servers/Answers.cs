using System.Net.Sockets;
using System.Text;
using ChatGenius.TestSupport.Waiting;
using Npgsql;

namespace ChatGenius.TestSupport.Servers;

/// <summary>Tells whether a server answers in its own protocol.</summary>
static class Answers
{
    /// <summary>Two cores that also build and test may take this long to start a broker.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    public static async Task Postgres(string connectionString, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 });
        await using var command = source.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>A broker that takes connections answers AMQP's protocol header with a frame of type 1 (Connection.Start).</summary>
    public static Task RabbitMq(string address, CancellationToken cancel)
    {
        var uri = new Uri(address);
        return Ask(uri.Host, uri.Port < 0 ? 5672 : uri.Port, [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1], first => first == 1, cancel);
    }

    public static Task Redis(string address, CancellationToken cancel)
    {
        var parts = address.Split(',')[0].Split(':');
        return Ask(parts[0], parts.Length > 1 ? int.Parse(parts[1], null) : 6379, Encoding.ASCII.GetBytes("PING\r\n"), first => first is (byte)'+' or (byte)'-', cancel);
    }

    /// <summary>Waits until a server answers, or until <paramref name="gone"/> says that it never will.</summary>
    public static Task Wait(Func<CancellationToken, Task> ask, Func<bool> gone, CancellationToken cancel) =>
        Eventually.Get(
            async () =>
            {
                if (gone())
                    return false;
                await ask(cancel);
                return true;
            },
            _ => true,
            Bound,
            "the server answers");

    static async Task Ask(string host, int port, byte[] question, Func<byte, bool> isAnswer, CancellationToken cancel)
    {
        using var client = new TcpClient();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(TimeSpan.FromSeconds(5));
        await client.ConnectAsync(host, port, bound.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(question, bound.Token);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, bound.Token);
        if (!isAnswer(answer[0]))
            throw new IOException($"{host}:{port} speaks something else.");
    }
}
