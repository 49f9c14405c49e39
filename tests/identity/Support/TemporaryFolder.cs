namespace ChatGenius.IdentityTests.Support;

/// <summary>A folder of a test's own.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatgenius-identity-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
