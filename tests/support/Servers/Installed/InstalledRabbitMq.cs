using System.Globalization;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>
/// RabbitMQ from this machine, as a node of its own: own name, own data, own cookie, and its own port mapper, so that it neither meets
/// the machine's broker nor leaves a mapper behind.
/// </summary>
sealed class InstalledRabbitMq(string program, string mapper) : InstalledServer("RabbitMQ")
{
    readonly int[] _ports = FreePort.Next(2);
    KeptProcess? _mapper;

    public static IServer? Find() =>
        Programs.Find("rabbitmq-server") is { } program && Programs.Find("epmd") is { } mapper ? new InstalledRabbitMq(program, mapper) : null;

    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{Port}/");

    protected override async Task PrepareAsync(CancellationToken cancel)
    {
        _mapper ??= await KeptProcess.StartAsync(
            new ProcessPlan
            {
                Program = mapper,
                Arguments = ["-port", MapperPort, "-address", "127.0.0.1"],
                WorkingDirectory = Work.Path,
                LogFile = LogFile,
            }, cancel);
        await File.WriteAllTextAsync(Work.File("rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.default = 127.0.0.1:{Port}
            disk_free_limit.absolute = 50MB
            log.console = true
            log.console.level = warning
            log.file = false

            """), cancel);
        await File.WriteAllTextAsync(Work.File("enabled_plugins"), "[].\n", cancel);
        await File.WriteAllTextAsync(Work.File("rabbitmq-env.conf"), "", cancel);
    }

    protected override ProcessPlan Plan() => new()
    {
        Program = program,
        WorkingDirectory = Work.Path,
        LogFile = LogFile,
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = Work.Path,
            ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"chatgenius{Port}@localhost"),
            ["RABBITMQ_DIST_PORT"] = _ports[1].ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_PORT"] = MapperPort,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_MNESIA_BASE"] = Work.File("mnesia"),
            ["RABBITMQ_LOG_BASE"] = Work.File("log"),
            ["RABBITMQ_CONFIG_FILE"] = Work.File("rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Work.File("rabbitmq-env.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Work.File("enabled_plugins"),
            // Schedulers that spin while they wait take the cores from the tests.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
            // The machine runs the broker in place of its script: signals reach it, not a script that waits.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
            ["NOTIFY_SOCKET"] = null,
        },
    };

    protected override Task AskAsync(CancellationToken cancel) => Answers.RabbitMq(ConnectionString, cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_mapper is { } process)
            await process.DisposeAsync();
    }

    string MapperPort => _ports[0].ToString(CultureInfo.InvariantCulture);
}
