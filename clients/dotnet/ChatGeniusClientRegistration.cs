using ChatGenius.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client.</summary>
public static class ChatGeniusClientRegistration
{
    /// <summary>Adds one <see cref="ChatClient"/> for the application. It logs to the container's factory and takes its <see cref="TimeProvider"/>, where there is one; it connects when it is started, and the container disposes of it.</summary>
    /// <param name="address">The public address of the deployment.</param>
    /// <param name="configure">Changes the options: <c>o => o with { … }</c>.</param>
    public static IServiceCollection AddChatGeniusClient(this IServiceCollection services, Uri address, Func<ChatClientOptions, ChatClientOptions>? configure = null)
    {
        services.TryAddSingleton(provider =>
        {
            var options = new ChatClientOptions
            {
                Address = address,
                Logging = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
                Time = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            };
            return new ChatClient(configure?.Invoke(options) ?? options);
        });
        return services;
    }
}
