using System.Reflection;
using ChatGenius.Contracts.Edge;
using ChatGenius.Hosting.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Hosting.Edge;

/// <summary>What every client may know before it signs in.</summary>
internal static class PublicFacts
{
    /// <summary>The product's version.</summary>
    public static string Version { get; } =
        typeof(PublicFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void MapPublicFacts(this IEndpointRouteBuilder routes)
    {
        var facts = routes.MapGroup("/api/v1").AllowAnonymous().WithTags("Deployment");
        facts.MapGet("/config", Config).WithName("GetConfig").WithSummary("The limits, rates and address of this deployment");
        facts.MapGet("/errors", Errors).WithName("ListErrors").WithSummary("The catalogue of error codes, with what to do about each");
    }

    static Ok<PublicConfig> Config(IOptions<ChatGeniusSettings> options)
    {
        var (settings, rates) = (options.Value, options.Value.Rates);
        return TypedResults.Ok(new PublicConfig
        {
            Version = Version,
            PublicUrl = settings.PublicUrl,
            Registration = settings.Registration,
            ClientId = "chatgenius",
            Limits = new PublicLimits(),
            Rates = new PublicRates
            {
                CommandsPerSecond = rates.CommandsPerSecond,
                CommandBurst = rates.CommandBurst,
                SignInsPerMinuteAndAccount = rates.SignInsPerMinuteAndAccount,
                SignInsPerMinuteAndAddress = rates.SignInsPerMinuteAndAddress,
                RegistrationsPerMinuteAndAddress = rates.RegistrationsPerMinuteAndAddress,
            },
        });
    }

    static Ok<Page<ErrorCode>> Errors() => TypedResults.Ok(new Page<ErrorCode> { Items = ErrorCodes.All });
}
