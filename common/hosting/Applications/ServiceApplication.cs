using ChatGenius.Hosting.Administration;
using ChatGenius.Hosting.ApiDescription;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Bus;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Hosting.Health;
using ChatGenius.Hosting.Multiplexing;
using ChatGenius.Hosting.Problems;
using ChatGenius.Hosting.Requests;
using ChatGenius.Hosting.Settings;
using ChatGenius.Hosting.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Applications;

/// <summary>Builds a process out of modules: one service, or the whole product.</summary>
public static class ServiceApplication
{
    static readonly string[] s_owners = ["identity", "channels", "messages"];

    // What a process without modules leads to.
    static readonly string[] s_services = [.. s_owners, "realtime"];

    // Settings are read at the start. Watching appsettings.json for changes would watch every folder below the working directory, one by one, before anything else begins.
    const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Runs one service alone. Returns the exit code: 0 after an orderly end, 1 when a setting is missing or wrong.</summary>
    public static async Task<int> RunAsync(string[] args, Module module) =>
        await new CommandLine("dotnet run --project services/" + module.Name + " --", [module], (settings, add) => Build(settings, module.Name, [module], add: add)).RunAsync(args)
        ?? await RunAsync(() => Build(args, module.Name, [module]));

    /// <summary>Builds and runs a process; what is wrong with its settings is one line on the standard error.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync($"ChatGenius cannot start: {string.Join(' ', wrong.Failures)}");
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"ChatGenius cannot start: {taken.Message} Choose another address with --urls.");
        }
        return 1;
    }

    // What had begun when the address turned out to be taken ends in order: cut off, each part would log its own end before the one line that says what to do.
    static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            await app.StopAsync();
            throw;
        }
    }

    /// <summary>Builds a process.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any setting.</param>
    /// <param name="name">The process's name in telemetry.</param>
    /// <param name="modules">What runs in it.</param>
    /// <param name="alone">False when all modules share the process and need nothing else.</param>
    /// <param name="add">What the process adds to the modules.</param>
    /// <param name="use">What the process puts before the modules' routes.</param>
    public static WebApplication Build(string[] args, string name, IReadOnlyList<Module> modules, bool alone = true,
        Action<WebApplicationBuilder>? add = null, Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateSlimBuilder([NoReload, .. args]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (alone)
            Requirements.Check(builder.Configuration, modules);
        builder.AddDefaults(name);
        if (modules.Any(m => m.NeedsDatabase))
            builder.Services.AddSingleton<IReadiness>(s => s.GetRequiredService<DatabaseStartGate>());
        var shares = alone && modules.Any(m => m.SharesConnections);
        if (shares)
            builder.Services.AddMultiplexing();
        foreach (var module in modules)
            module.Add(builder);
        add?.Invoke(builder);
        builder.AddChecks([.. alone ? modules.Count == 0 ? s_services : modules.SelectMany(m => m.Calls) : []]);
        builder.AddRemoteOwners();
        builder.Services.AddChatGeniusAuth();
        if (modules.Any(m => m.NeedsBus))
            builder.AddBus();

        var app = builder.Build();
        app.UseMiddleware<ProblemMiddleware>();
        use?.Invoke(app);
        app.UseRouting();
        app.UseMiddleware<StartGateMiddleware>();
        // Nothing that a gateway answers by itself depends on who asks. Said, since where it is not ASP.NET adds its own, before everything else.
        var properties = ((IApplicationBuilder)app).Properties;
        properties["__AuthenticationMiddlewareSet"] = properties["__AuthorizationMiddlewareSet"] = true;
        if (modules.Count > 0)
            app.UseAuthenticationApartFrom([.. modules.SelectMany(m => m.SignInPaths)]);
        app.UseMiddleware<UnknownPathMiddleware>();
        app.UseWhen(context => !OwnAuthentication.IsOf(context), others => others.UseAuthorization());
        app.UseMiddleware<WholeAnswers>();
        app.MapHealth();
        foreach (var module in modules)
        {
            module.Map(app);
            if (alone)
                module.MapInternal?.Invoke(app);
        }
        if (shares)
            app.MapMultiplexing();
        if (alone && modules.Count > 0)
            app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        return app;
    }

    static void AddDefaults(this WebApplicationBuilder builder, string name)
    {
        builder.AddChatGeniusSettings();
        builder.AddChatGeniusTelemetry(name);
        builder.Services.ConfigureHttpJsonOptions(o => ContractsJson.Configure(o.SerializerOptions));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<FeedMeters>();
        builder.Services.AddHostedService<PartMeter>();
        builder.Services.AddSingleton<DatabaseStartGate>();
        builder.Services.AddHostedService(s => s.GetRequiredService<DatabaseStartGate>());
        builder.Services.AddHttpClient();
        builder.Services.AddApiDescription(name);
        builder.Services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Contracts.Edge.Limits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            // A path that is too long for its route deserves that route's own answer.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // When all clients come back at once, they wait to be taken in. Whom the system cannot keep waiting asks again a second later, and later still: the gateway would give a service up. The system's own
        // limit holds, net.core.somaxconn on Linux, 4,096 unless it was changed; Kestrel's default is 512.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = ushort.MaxValue);
        builder.Services.AddSingleton<IConfigureOptions<HostOptions>>(s => new ConfigureOptions<HostOptions>(host =>
        {
            host.ShutdownTimeout = s.GetRequiredService<IOptions<ChatGeniusSettings>>().Value.DrainTime + TimeSpan.FromSeconds(5);
            host.ServicesStartConcurrently = true;
        }));
    }

    // What the doctor looks at besides what modules bring.
    static void AddChecks(this WebApplicationBuilder builder, IReadOnlyList<string> calls)
    {
        builder.Services.AddSingleton<ICheck, BrokerCheck>();
        builder.Services.AddSingleton<ICheck>(s => ActivatorUtilities.CreateInstance<ServicesCheck>(s, calls));
        builder.Services.AddSingleton<ICheck, PublicAddressCheck>();
        builder.Services.AddSingleton<ICheck, CertificateCheck>();
    }

    // An owner that is not in this process is reached over HTTP.
    static void AddRemoteOwners(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        foreach (var owner in s_owners)
        {
            services.AddHttpClient(owner).ConfigureHttpClient((s, http) =>
            {
                var settings = s.GetRequiredService<IOptions<ChatGeniusSettings>>().Value;
                http.BaseAddress = settings.Services.Of(owner)[0];
                http.Timeout = IFeedOwner.Patience;
                http.DefaultRequestHeaders.Add("Authorization", $"Service {settings.ServiceKey}");
            }).AddHttpMessageHandler(s => new ServiceAddressHandler(s.GetRequiredService<IOptions<ChatGeniusSettings>>().Value.Services.Of(owner)));
            if (!services.Any(d => d.ServiceType == typeof(IFeedOwner) && Equals(d.ServiceKey, owner)))
                services.AddKeyedTransient<IFeedOwner>(owner, (s, _) => new HttpFeedOwner(s.GetRequiredService<IHttpClientFactory>().CreateClient(owner), owner));
        }
    }
}
