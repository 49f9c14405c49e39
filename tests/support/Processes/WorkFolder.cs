namespace ChatGenius.TestSupport.Processes;

/// <summary>A temporary folder that goes when it is disposed.</summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>Made under the short system folder, since paths of sockets are limited to about 100 characters.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("chatgenius-").FullName;

    /// <summary>A folder in it, made if need be.</summary>
    public string Folder(string name) => Directory.CreateDirectory(File(name)).FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process on its way out may still write there; the system clears its temporary folder.
        }
    }
}
