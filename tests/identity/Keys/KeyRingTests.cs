using ChatGenius.Hosting.Settings;
using ChatGenius.Identity.Keys;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;

namespace ChatGenius.IdentityTests.Keys;

public sealed class KeyRingTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Clock _clock = new();

    [Fact]
    public async Task NewKey_IsPublishedAtOnceAndSignsAfterNotice()
    {
        var ring = Ring();
        var old = Assert.Single(await ring.GetAsync(default)).KeyId;

        _clock.Pass(KeyRing.Rotation + TimeSpan.FromMinutes(1));
        ring.Load();
        var during = await ring.GetAsync(default);
        _clock.Pass(KeyRing.Notice);
        ring.Load();
        var after = await ring.GetAsync(default);

        Assert.Equal(2, during.Count);
        Assert.Equal(old, during[0].KeyId);
        Assert.Equal([during[1].KeyId, old], after.Select(k => k.KeyId));
    }

    [Fact]
    public void Load_WhenKeysChange_TellsWhoeverConfiguredWithThem()
    {
        var ring = Ring();
        ring.Load();
        var told = 0;
        ChangeToken.OnChange(((IOptionsChangeTokenSource<OpenIddictServerOptions>)ring).GetChangeToken, () => told++);

        ring.Load();
        Assert.Equal(0, told);
        _clock.Pass(KeyRing.Rotation + TimeSpan.FromMinutes(1));
        ring.Load();
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Refresh_ForForgedTokens_ReadsTheKeysNowAndThenOnly()
    {
        var ring = Ring();
        await ring.GetAsync(default);
        File.WriteAllText(Path.Combine(_folder.Path, "keys", "signing-2.pem"), KeyFile.NewSigning(_clock.GetUtcNow()));

        Assert.Single(await ring.RefreshAsync(default));
        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await ring.RefreshAsync(default)).Count);
    }

    [Fact]
    public void GivenFiles_TakeThePlaceOfTheFolder()
    {
        var (first, second, secret) = (Path.Combine(_folder.Path, "a.pem"), Path.Combine(_folder.Path, "b.pem"), Path.Combine(_folder.Path, "c.key"));
        File.WriteAllText(first, KeyFile.NewSigning(_clock.GetUtcNow()));
        File.WriteAllText(second, KeyFile.NewSigning(_clock.GetUtcNow()));
        File.WriteAllText(secret, Convert.ToBase64String(new byte[32]));
        var options = new OpenIddictServerOptions();

        ((IConfigureOptions<OpenIddictServerOptions>)Ring(new KeySettings { SigningKeyFile = $"{first}, {second}", EncryptionKeyFile = secret })).Configure(options);

        Assert.Equal(KeyFile.ReadSigning(File.ReadAllText(first), default).Key.KeyId, options.SigningCredentials[0].Key.KeyId);
        Assert.Equal(2, options.SigningCredentials.Count);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "keys")));
    }

    public void Dispose() => _folder.Dispose();

    KeyRing Ring(KeySettings? files = null) => new(Options.Create(new ChatGeniusSettings { DataPath = _folder.Path }), Options.Create(files ?? new KeySettings()), _clock);
}
