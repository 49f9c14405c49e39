using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatGenius.Identity.Keys;

/// <summary>
/// A folder of numbered keys of one kind, which several processes may share: <c>signing-1.pem</c>, <c>signing-2.pem</c> … A key's file appears whole or not at all,
/// and a number is taken once: keys are made under a lock on the folder, so that whoever comes second takes the key that is there.
/// </summary>
internal sealed class KeyFolder(string folder, string kind, string extension, Func<DateTimeOffset, string> make, Func<string, DateTimeOffset, KeyFile> read)
{
    /// <summary>How long one waits for another that makes a key. Making one takes milliseconds.</summary>
    static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>The keys there are, oldest first.</summary>
    public IReadOnlyList<KeyFile> Read() => [.. Numbered().Select(f => ReadFile(f.Path, read))];

    /// <summary>Makes the first key when there is none, and the next when the newest is older than <paramref name="longest"/>.</summary>
    public void MakeIfDue(DateTimeOffset now, TimeSpan longest)
    {
        if (NextIfDue(now, longest) is null)
            return;
        try
        {
            CreateFolder();
            using var turn = TakeTurn();
            if (NextIfDue(now, longest) is { } path)
                Make(path, now);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"Keys cannot be kept in {folder}: {denied.Message} Set ChatGenius__DataPath to a folder that this process may write to.", denied);
        }
    }

    /// <summary>Reads one key.</summary>
    /// <exception cref="IOException">It cannot be read, or holds no such key; the message names the file.</exception>
    public static KeyFile ReadFile(string path, Func<string, DateTimeOffset, KeyFile> read)
    {
        try
        {
            return read(File.ReadAllText(path), File.GetLastWriteTimeUtc(path));
        }
        catch (Exception wrong) when (wrong is CryptographicException or UnauthorizedAccessException)
        {
            throw new IOException($"The key in {path} cannot be used: {wrong.Message}.", wrong);
        }
    }

    string? NextIfDue(DateTimeOffset now, TimeSpan longest)
    {
        var newest = Numbered().LastOrDefault();
        return newest.Path is not null && now - ReadFile(newest.Path, read).MadeAt <= longest ? null : Path.Combine(folder, $"{kind}-{newest.Number + 1}{extension}");
    }

    void Make(string path, DateTimeOffset now)
    {
        var draft = Path.Combine(folder, $".{kind}-{Guid.CreateVersion7():N}");
        try
        {
            Write(draft, make(now));
            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // An operator put a key there meanwhile; it is everyone's.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // Moving a draft to a name is no lock: where the name is free when it looks, File.Move renames, which replaces what another process has put there since.
    FileStream TakeTurn()
    {
        FileStream? turn = null;
        IOException? taken = null;
        return SpinWait.SpinUntil(Try, LongestTurn) ? turn! : throw new IOException($"No key could be made in {folder} for {LongestTurn.TotalSeconds} s: {taken?.Message}", taken);

        bool Try()
        {
            try
            {
                turn = new FileStream(Path.Combine(folder, $".{kind}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure)
            {
                // Another process has it; the system takes it back from one that dies.
                taken = failure;
            }
            return turn is not null;
        }
    }

    List<(int Number, string Path)> Numbered() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, $"{kind}-*{extension}")
            .Select(path => (Number: int.TryParse(Path.GetFileNameWithoutExtension(path)[(kind.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0, path))
            .Where(f => f.Number > 0).OrderBy(f => f.Number)];

    void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
