using ChatGenius.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Applications;

/// <summary>What a service that runs alone must be told, since it never falls back to something else in silence.</summary>
internal static class Requirements
{
    public static void Check(IConfiguration configuration, IReadOnlyList<Module> modules)
    {
        var missing = new List<string>();
        if (modules.Any(m => m.NeedsDatabase) && Lacks("Postgres"))
            missing.Add("Set ConnectionStrings__Postgres to the service's own database, e.g. Host=postgres;Database=chatgenius_messages;Username=…;Password=….");
        if (modules.Any(m => m.NeedsBus) && Lacks("RabbitMq"))
            missing.Add("Set ConnectionStrings__RabbitMq to the message broker, e.g. amqp://user:password@rabbitmq:5672/.");
        if (modules.Any(m => m.NeedsCache) && Lacks("Redis"))
            missing.Add("Set ConnectionStrings__Redis to the cache, e.g. redis:6379.");
        if (configuration["ChatGenius:ServiceKey"] is not { Length: >= 32 })
            missing.Add("Set ChatGenius__ServiceKey to a secret of at least 32 characters that all services share.");
        if (string.IsNullOrWhiteSpace(configuration["ChatGenius:PublicUrl"]))
            missing.Add("Set ChatGenius__PublicUrl to the address at which clients reach the gateway, e.g. https://chat.example.org.");
        if (missing.Count > 0)
            throw new OptionsValidationException("ChatGenius", typeof(ChatGeniusSettings), missing);

        bool Lacks(string name) => string.IsNullOrWhiteSpace(configuration.GetConnectionString(name));
    }
}
