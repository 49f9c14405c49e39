using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Settings;

internal static class SettingsRegistration
{
    public static void AddChatGeniusSettings(this IHostApplicationBuilder builder) => builder.Services.AddOptions<ChatGeniusSettings>()
        .Bind(builder.Configuration.GetSection("ChatGenius"))
        .Configure(settings => settings.PublicUrl = settings.PublicUrl.TrimEnd('/'))
        .ValidateDataAnnotations()
        .Validate(s => Uri.TryCreate(s.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
            "Set ChatGenius__PublicUrl to an absolute http or https address, e.g. https://chat.example.org.")
        .Validate(s => s.AccessTokenLifetime > TimeSpan.Zero, "Set ChatGenius__AccessTokenLifetime to a positive time, e.g. 00:15:00.")
        .Validate(s => s.FollowInterval > TimeSpan.Zero, "Set ChatGenius__FollowInterval to a positive time, e.g. 00:00:04.")
        .Validate(s => s.AllowedOrigins.All(o => o == "*" || Uri.TryCreate(o, UriKind.Absolute, out _)),
            "Set ChatGenius__CorsOrigins to * or to origins such as https://app.example.org, separated by commas.")
        .Validate(HasProxyNetworks, "Set ChatGenius__TrustedProxies to addresses or networks such as 10.0.0.0/8, separated by commas.")
        .Validate(s => s.Rates.All.All(r => r >= 0), "Set the rates of ChatGenius__Rates to whole numbers; 0 switches a limit off.")
        .ValidateOnStart();

    static bool HasProxyNetworks(ChatGeniusSettings settings)
    {
        try
        {
            return settings.ProxyNetworks.Count >= 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
