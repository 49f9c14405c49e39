using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Doctor;

namespace ChatGenius.Identity.Keys;

/// <summary>Looks at the keys without making any.</summary>
internal sealed class KeysCheck(IOptions<ChatGeniusSettings> settings, IOptions<KeySettings> files, TimeProvider time) : ICheck
{
    // A key is made within a minute of being due; twice the rotation means that nobody makes any.
    static readonly TimeSpan Old = 2 * KeyRing.Rotation;

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield return Look("signing", ".pem", files.Value.SigningKeyFile, KeyFile.NewSigning, KeyFile.ReadSigning);
        yield return Look("encryption", ".key", files.Value.EncryptionKeyFile, KeyFile.NewEncryption, KeyFile.ReadEncryption);
    }

    Finding Look(string kind, string extension, string? given, Func<DateTimeOffset, string> make, Func<string, DateTimeOffset, KeyFile> read)
    {
        var what = kind + " keys";
        var folder = Path.Combine(Path.GetFullPath(settings.Value.DataPath), "keys");
        try
        {
            var keys = string.IsNullOrWhiteSpace(given) ? new KeyFolder(folder, kind, extension, make, read).Read()
                : [.. given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => KeyFolder.ReadFile(path, read))];
            if (keys.Count == 0)
                return Finding.Ok(what, $"none in {folder} yet; the first start makes one");
            var age = time.GetUtcNow() - keys[^1].MadeAt;
            var found = FormattableString.Invariant($"{keys.Count} in {given ?? folder}, the newest {Math.Max(0, age.Days)} days old");
            return given is null && IsOpen(folder) ? Finding.Warn(what, $"{folder} can be read by others", "Take it from them: chmod -R go= on it. Who has a key can sign tokens.")
                : given is null && age > Old ? Finding.Warn(what, found, "A new one is made every 90 days while the service runs: see whether it may write there.")
                : Finding.Ok(what, found);
        }
        catch (IOException wrong)
        {
            return Finding.Fail(what, wrong.Message, "Give this process back its keys, or take the broken file away: then a new key is made and everybody signs in again.");
        }
    }

    static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
}
