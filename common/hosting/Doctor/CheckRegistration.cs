namespace ChatGenius.Hosting.Doctor;

/// <summary>Adds checks that only some processes need.</summary>
public static class CheckRegistration
{
    /// <summary>For a process that keeps something in the data folder.</summary>
    public static IHostApplicationBuilder AddDataFolderCheck(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ICheck, DiskCheck>());
        return builder;
    }
}
