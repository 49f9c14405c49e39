using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Wires;

namespace ChatGenius.Bench.Systems;

/// <summary>Posts by HTTP.</summary>
internal sealed class OurSender : ISender
{
    const int IdLength = 36;
    static readonly byte[] s_beforeId = Encoding.ASCII.GetBytes("{\"clientId\":\"");
    static readonly byte[] s_beforeText = Encoding.ASCII.GetBytes("\",\"text\":\"");
    static readonly byte[] s_end = Encoding.ASCII.GetBytes("\"}");

    readonly HttpWire _wire;
    readonly Uri _address;
    readonly OurUser _user;
    readonly Guid[] _channels;
    readonly byte[] _request = new byte[8192];

    OurSender(HttpWire wire, Uri address, OurUser user, Guid[] channels) => (_wire, _address, _user, _channels) = (wire, address, user, channels);

    public static async Task<OurSender> OpenAsync(Uri address, OurUser user, Guid[] channels) => new(await HttpWire.OpenAsync(address), address, user, channels);

    public async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> text)
    {
        var (status, answer) = await _wire.ExchangeAsync(Request(channel, text.Span));
        if (status != 201)
            throw new WrongResultException($"A post was answered {Encoding.UTF8.GetString(answer.Span)}");
    }

    /// <summary>A request for a page of a channel; the newest message where nothing else is said.</summary>
    public string PageRequest(int channel, string query = "limit=1") => Head("GET", $"{Path(channel)}?{query}") + "\r\n";

    /// <summary>Waits until the messages service knows that the user is a member.</summary>
    public async Task KnownAsync(int channel)
    {
        for (var left = 1000; ; left--)
        {
            var (status, answer) = await _wire.ExchangeAsync(Encoding.ASCII.GetBytes(PageRequest(channel)));
            if (status == 200)
                return;
            if (left == 0)
                throw new WrongResultException($"A member is not let in: {Encoding.UTF8.GetString(answer.Span)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    string Path(int channel) => $"/api/v1/channels/{_channels[channel]}/messages";

    string Head(string method, string path) => $"{method} {path} HTTP/1.1\r\nHost: {_address.Authority}\r\nAuthorization: Bearer {_user.Token}\r\n";

    ReadOnlyMemory<byte> Request(int channel, ReadOnlySpan<byte> text)
    {
        var length = s_beforeId.Length + IdLength + s_beforeText.Length + text.Length + s_end.Length;
        var at = Encoding.ASCII.GetBytes($"{Head("POST", Path(channel))}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n", _request);
        Append(s_beforeId);
        Guid.CreateVersion7().TryFormat(_request.AsSpan(at), out var written);
        at += written;
        Append(s_beforeText);
        Append(text);
        Append(s_end);
        return _request.AsMemory(0, at);

        void Append(ReadOnlySpan<byte> part)
        {
            part.CopyTo(_request.AsSpan(at));
            at += part.Length;
        }
    }
}
