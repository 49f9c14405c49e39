using System.Globalization;
using ChatGenius.Bench.Measuring;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.Bench.Systems;

/// <summary>An nginx in front of a deployment's services, as a plain proxy with connections that are kept. It authenticates nobody and limits nothing.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    static readonly string[] s_places = ["artifacts/bench/nginx/usr/sbin/nginx", "/usr/sbin/nginx"];
    readonly WorkFolder _work = new();
    KeptProcess? _process;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));

    /// <summary>Its process.</summary>
    public ServerPart Part => new("nginx", (_process ?? throw new InvalidOperationException("It was not started.")).ProcessId);

    /// <summary>Starts it in front of a deployment.</summary>
    /// <returns>Null where there is no nginx on this machine.</returns>
    public static async Task<Nginx?> StartAsync(IDeployment deployment)
    {
        if (s_places.Select(Repository.Path).FirstOrDefault(File.Exists) is not { } program)
            return null;
        var nginx = new Nginx();
        var configuration = nginx._work.File("nginx.conf");
        await File.WriteAllTextAsync(configuration, nginx.Configuration(deployment));
        nginx._process = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = ["-p", nginx._work.Path, "-c", configuration, "-e", "stderr"],
            LogFile = Path.Combine(Repository.Logs, "nginx.log"),
        });
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _work.Dispose();
    }

    string Configuration(IDeployment deployment) => $$"""
        daemon off;
        master_process off;
        pid {{_work.File("pid")}};
        events { worker_connections 15000; }
        http {
          access_log off;
          client_body_temp_path {{_work.Folder("body")}};
          proxy_temp_path {{_work.Folder("proxy")}};
          fastcgi_temp_path {{_work.Folder("fastcgi")}};
          uwsgi_temp_path {{_work.Folder("uwsgi")}};
          scgi_temp_path {{_work.Folder("scgi")}};
          upstream messages { server {{deployment.Of(Service.Messages).BaseAddress.Authority}}; keepalive 64; }
          upstream realtime { server {{deployment.Of(Service.Realtime).BaseAddress.Authority}}; }
          server {
            listen {{Address.Authority}};
            keepalive_requests 1000000;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            location /realtime { proxy_pass http://realtime; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_read_timeout 3600s; }
            location / { proxy_pass http://messages; proxy_set_header Connection ""; }
          }
        }
        """;
}
