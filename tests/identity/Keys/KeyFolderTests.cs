using ChatGenius.Identity.Keys;

namespace ChatGenius.IdentityTests.Keys;

public sealed class KeyFolderTests : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    readonly TemporaryFolder _folder = new();
    readonly Clock _clock = new();

    /// <summary>Each holds a key as soon as it has made it, so none may be replaced by one that came at the same time: many rounds, for the time between a look and a move is short.</summary>
    [Fact]
    public async Task MakeIfDue_ManyProcessesAtOnce_AllHoldTheOneKey()
    {
        using var start = new Barrier(8);
        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() => Enumerable.Range(0, 100).Select(round =>
        {
            start.SignalAndWait();
            var folder = Encryption($"round-{round}");
            folder.MakeIfDue(_clock.GetUtcNow(), Longest);
            return folder.Read().Single().Key.KeyId;
        }).ToList(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(Enumerable.Range(0, 100), round => Assert.Single(rounds.Select(held => held[round]).Distinct()));
        Assert.Equal(["encryption-1.key"], Directory.EnumerateFiles(Path.Combine(_folder.Path, "round-0"), "*.key").Select(Path.GetFileName));
    }

    [Fact]
    public void MakeIfDue_YoungKey_StaysAlone()
    {
        Encryption().MakeIfDue(_clock.GetUtcNow(), Longest);
        _clock.Pass(Longest);
        Encryption().MakeIfDue(_clock.GetUtcNow(), Longest);

        Assert.Single(Encryption().Read());
    }

    [Fact]
    public void MakeIfDue_OldKey_IsFollowedByANewOneAndKept()
    {
        Encryption().MakeIfDue(_clock.GetUtcNow(), Longest);
        var first = Encryption().Read().Single().Key.KeyId;
        _clock.Pass(Longest + TimeSpan.FromSeconds(1));
        Encryption().MakeIfDue(_clock.GetUtcNow(), Longest);

        var keys = Encryption().Read();
        Assert.Equal(2, keys.Count);
        Assert.Equal(first, keys[0].Key.KeyId);
        Assert.Equal(_clock.GetUtcNow(), keys[1].MadeAt);
    }

    [Fact]
    public void MakeIfDue_TenthKey_IsNewerThanTheNinth()
    {
        for (var i = 0; i < 11; i++, _clock.Pass(Longest + Longest))
            Encryption().MakeIfDue(_clock.GetUtcNow(), Longest);

        Assert.Equal(11, Encryption().Read().Count);
        Assert.Equal(Encryption().Read().Select(k => k.MadeAt).Order(), Encryption().Read().Select(k => k.MadeAt));
    }

    [Fact]
    public void SigningKey_ReadTwice_IsTheSameAndItsOwnersAlone()
    {
        Signing().MakeIfDue(_clock.GetUtcNow(), Longest);

        Assert.Equal(Signing().Read().Single().Key.KeyId, Signing().Read().Single().Key.KeyId);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "signing-1.pem")));
    }

    [Theory]
    [InlineData("signing-1.pem", "nonsense")]
    [InlineData("signing-1.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("encryption-1.key", "c2hvcnQ=")]
    public void Read_BrokenKey_NamesTheFile(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder.Path, name), content);

        var failure = Assert.Throws<IOException>(() => (name.StartsWith('s') ? Signing() : Encryption()).Read());

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    KeyFolder Signing() => new(_folder.Path, "signing", ".pem", KeyFile.NewSigning, KeyFile.ReadSigning);

    KeyFolder Encryption(string folder = "") => new(Path.Combine(_folder.Path, folder), "encryption", ".key", KeyFile.NewEncryption, KeyFile.ReadEncryption);
}
