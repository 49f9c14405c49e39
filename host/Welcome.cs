using ChatGenius.Hosting;
using ChatGenius.Hosting.Edge;
using ChatGenius.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace ChatGenius.Host;

/// <summary>Prints, once everything is ready, where it listens and lines that can be pasted as they are.</summary>
internal sealed class Welcome(IEnumerable<IReadiness> parts, IOptions<ChatGeniusSettings> settings, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (parts.Any(p => !p.IsReady))
            await Task.Delay(TimeSpan.FromMilliseconds(25), time, stoppingToken);
        await Console.Out.WriteLineAsync(Text(settings.Value.PublicUrl));
    }

    string Page => settings.Value.ServesWebClient()
        ? "page       open that address in a browser and register"
        : "page       none: this host serves the API alone (building it needs Node and npm; see web/README.md)";

    string Text(string url) => $$"""

        ChatGenius is ready: {{url}}
          {{Page}}
          database   SQLite in {{Path.GetFullPath(settings.Value.DataPath)}}
          bus        in memory
          backplane  in this process
          API        {{url}}/docs

        The first account that registers is the administrator. These lines register one, sign in, make a channel and send a message:

          curl -s {{url}}/api/v1/users -H 'Content-Type: application/json' -d '{"username":"ada","password":"correct horse battery"}'; echo
          TOKEN=$(curl -s {{url}}/connect/token -d grant_type=password -d client_id=chatgenius -d username=ada -d 'password=correct horse battery' -d scope=openid | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')
          CHANNEL=$(curl -s {{url}}/api/v1/channels -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"general","kind":"public","clientId":"01890000-0000-7000-8000-000000000001"}' | sed -n 's/.*"channel":{"id":"\([^"]*\)".*/\1/p')
          curl -s {{url}}/api/v1/channels/$CHANNEL/messages -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"clientId":"{{Guid.CreateVersion7(time.GetUtcNow())}}","text":"Hello, world"}'; echo

        Stop with Ctrl-C.

        """;
}
