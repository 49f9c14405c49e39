namespace ChatGenius.Identity.Sessions;

internal static class SessionsRegistration
{
    /// <summary>Adds what ends sessions, tells of it, and prunes what is dead.</summary>
    public static IHostApplicationBuilder AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionEnder>();
        builder.Services.AddSingleton<Revocation>();
        builder.Services.AddScoped<RefreshReuse>();
        builder.Services.AddSingleton<ISessionEnds, SessionEnds>();
        builder.Services.AddHostedService<Pruning>();
        return builder;
    }
}
