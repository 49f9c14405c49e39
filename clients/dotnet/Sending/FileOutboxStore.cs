using System.Text.Json;
using ChatGenius.Contracts;

namespace ChatGenius.Client;

/// <summary>Keeps waiting messages in a folder, one file each. For one process at a time.</summary>
/// <param name="folder">Made when it is not there. Its files hold the texts: keep others out of it.</param>
public sealed class FileOutboxStore(string folder) : IOutboxStore
{
    public async Task<IReadOnlyList<WaitingMessage>> LoadAsync(CancellationToken cancellation)
    {
        var waiting = new List<WaitingMessage>();
        foreach (var file in Directory.CreateDirectory(folder).GetFiles("*.json"))
        {
            await using var stream = file.OpenRead();
            waiting.Add((await JsonSerializer.DeserializeAsync<WaitingMessage>(stream, ContractsJson.Options, cancellation))!);
        }
        return [.. waiting.OrderBy(m => m.Number)];
    }

    public async Task SaveAsync(WaitingMessage message, CancellationToken cancellation)
    {
        var path = Path(message.Body.ClientId);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Options), cancellation);
        // Whole or not at all, whenever the process dies.
        File.Move(path + ".new", path, overwrite: true);
    }

    public Task RemoveAsync(Guid clientId, CancellationToken cancellation)
    {
        File.Delete(Path(clientId));
        return Task.CompletedTask;
    }

    string Path(Guid clientId) => System.IO.Path.Combine(folder, $"{clientId:D}.json");
}
