using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace ChatGenius.Identity.Keys;

/// <summary>
/// The keys in use. They are made once and kept in <c>keys</c> in the data folder, or given by <see cref="KeySettings"/>. A new one is made when the newest is older than
/// <see cref="Rotation"/>; it is published at once and signs after <see cref="Notice"/>, when every process knows it. Thread-safe.
/// </summary>
internal sealed class KeyRing(IOptions<ChatGeniusSettings> settings, IOptions<KeySettings> files, TimeProvider time)
    : ISigningKeys, IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    /// <summary>The age at which a key is followed by a new one.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(90);

    /// <summary>How long a new key is known before it is used.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(10);

    /// <summary>How often at most a token with an unknown key makes the keys be read again, so that forged ones cannot make a storm of it.</summary>
    static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(5);

    readonly Lock _loading = new();
    KeySet? _keys;
    DateTimeOffset _loadedAt;
    CancellationTokenSource _changed = new();

    /// <summary>Reads the keys, and makes those that are due. Cheap when nothing changed.</summary>
    /// <exception cref="IOException">They cannot be read or made; the message says why.</exception>
    public void Load()
    {
        lock (_loading)
        {
            var keys = new KeySet(
                InUse("signing", ".pem", files.Value.SigningKeyFile, KeyFile.NewSigning, KeyFile.ReadSigning),
                InUse("encryption", ".key", files.Value.EncryptionKeyFile, KeyFile.NewEncryption, KeyFile.ReadEncryption));
            _loadedAt = time.GetUtcNow();
            if (_keys is not null && _keys.IsSameAs(keys))
                return;
            var told = _keys is null ? null : _changed;
            (_keys, _changed) = (keys, told is null ? _changed : new CancellationTokenSource());
            told?.Cancel();
        }
    }

    public ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(Keys.Signing);

    public ValueTask<IReadOnlyList<SecurityKey>> RefreshAsync(CancellationToken cancellation)
    {
        lock (_loading)
            if (time.GetUtcNow() - _loadedAt >= RefreshPause)
                Load();
        return GetAsync(cancellation);
    }

    string? IOptionsChangeTokenSource<OpenIddictServerOptions>.Name => Options.DefaultName;

    IChangeToken IOptionsChangeTokenSource<OpenIddictServerOptions>.GetChangeToken() => new CancellationChangeToken(_changed.Token);

    void IConfigureOptions<OpenIddictServerOptions>.Configure(OpenIddictServerOptions options)
    {
        var keys = Keys;
        options.SigningCredentials.AddRange(keys.Signing.Select(k => new SigningCredentials(k, SecurityAlgorithms.RsaSha256)));
        options.EncryptionCredentials.AddRange(keys.Encryption.Select(k => new EncryptingCredentials(k, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }

    KeySet Keys
    {
        get
        {
            if (_keys is null)
                Load();
            return _keys!;
        }
    }

    IReadOnlyList<SecurityKey> InUse(string kind, string extension, string? given, Func<DateTimeOffset, string> make, Func<string, DateTimeOffset, KeyFile> read)
    {
        if (!string.IsNullOrWhiteSpace(given))
            return [.. given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => KeyFolder.ReadFile(path, read).Key)];
        var folder = new KeyFolder(Path.Combine(Path.GetFullPath(settings.Value.DataPath), "keys"), kind, extension, make, read);
        folder.MakeIfDue(time.GetUtcNow(), Rotation);
        return KeySet.Ordered(folder.Read(), time.GetUtcNow(), Notice);
    }
}
