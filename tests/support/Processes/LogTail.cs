namespace ChatGenius.TestSupport.Processes;

/// <summary>Reads logs that another process is writing.</summary>
public static class LogTail
{
    /// <summary>The whole log so far; empty when there is none.</summary>
    public static string Whole(string file)
    {
        if (!File.Exists(file))
            return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The last lines of a log, after the name of its file.</summary>
    public static string Of(string file, int lines = 40) =>
        $"{file}:{Environment.NewLine}{string.Join(Environment.NewLine, Whole(file).TrimEnd().Split('\n').TakeLast(lines))}";
}
