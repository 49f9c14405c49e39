using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at the data folder: writable, and with room.</summary>
internal sealed class DiskCheck(IOptions<ChatGeniusSettings> options) : ICheck
{
    const long Scarce = 1L << 30;
    const long Full = 100L << 20;

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        var folder = Path.GetFullPath(options.Value.DataPath);
        var there = folder;
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there)!;
        yield return Write(there, folder);
        var free = new DriveInfo(there).AvailableFreeSpace;
        var found = FormattableString.Invariant($"{free / 1048576.0:N0} MB free at {folder}");
        yield return free < Full ? Finding.Fail("disk", found, "Make room: commits fail with `storage_failed` when it is full.")
            : free < Scarce ? Finding.Warn("disk", found, "Make room before it is full.")
            : Finding.Ok("disk", found);
    }

    static Finding Write(string there, string folder)
    {
        var probe = Path.Combine(there, ".doctor-" + Guid.CreateVersion7().ToString("N"));
        try
        {
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return Finding.Ok("data folder", folder + (there == folder ? " can be written" : " is not there yet and can be made"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("data folder", $"{folder} cannot be written: {refused.Message}", "Set ChatGenius__DataPath to a folder that this process may write to.");
        }
    }
}
