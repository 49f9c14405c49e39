using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Settings;
using ChatGenius.Identity.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore.Models;

namespace ChatGenius.IdentityTests.Sessions;

public sealed class SessionEnderTests : IAsyncLifetime
{
    readonly Clock _clock = new();
    IdentityDatabase _identity = null!;

    public async Task InitializeAsync() => _identity = await IdentityDatabase.MakeAsync();

    public async Task DisposeAsync() => await _identity.DisposeAsync();

    [Fact]
    public async Task End_ManyAtOnce_NumbersHaveNoGapAndNoSessionCountsTwice()
    {
        var ender = Ender();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ender.EndAsync($"session {i / 2}", "test", default)));

        var ended = (await Ends().SinceAsync(0, default)).Items;

        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), ended.Select(s => s.Number));
        Assert.Equal(20, ended.Select(s => s.SessionId).Distinct().Count());
    }

    [Fact]
    public async Task End_RevokesTheAuthorizationAndItsTokensAndNoOthers()
    {
        await using (var db = _identity.Database.Open())
        {
            var (mine, other) = (new OpenIddictEntityFrameworkCoreAuthorization { Id = "mine", Status = "valid" }, new OpenIddictEntityFrameworkCoreAuthorization { Id = "other", Status = "valid" });
            db.AddRange(new OpenIddictEntityFrameworkCoreToken { Id = "a", Status = "valid", Authorization = mine },
                new OpenIddictEntityFrameworkCoreToken { Id = "b", Status = "valid", Authorization = other });
            await db.SaveChangesAsync();
        }

        await Ender().EndAsync("mine", "test", default);

        await using var after = _identity.Database.Open();
        var authorizations = await after.Set<OpenIddictEntityFrameworkCoreAuthorization>().ToDictionaryAsync(a => a.Id!, a => a.Status);
        var tokens = await after.Set<OpenIddictEntityFrameworkCoreToken>().ToDictionaryAsync(t => t.Id!, t => t.Status);
        Assert.Equal(("revoked", "valid", "revoked", "valid"), (authorizations["mine"], authorizations["other"], tokens["a"], tokens["b"]));
    }

    [Fact]
    public async Task Since_ANumber_TellsOnlyWhatCameAfterIt()
    {
        await Ender().EndAsync("first", "test", default);
        await Ender().EndAsync("second", "test", default);

        Assert.Equal(["second"], (await Ends().SinceAsync(1, default)).Items.Select(s => s.SessionId));
    }

    [Fact]
    public async Task Since_ANumberThatWasNeverGivenOut_TellsEverything()
    {
        await Ender().EndAsync("first", "test", default);

        Assert.Equal(["first"], (await Ends().SinceAsync(500, default)).Items.Select(s => s.SessionId));
    }

    [Fact]
    public async Task Since_AfterTheLastTokenExpired_TellsNothing()
    {
        await Ender().EndAsync("first", "test", default);
        var forgetAt = (await Ends().SinceAsync(0, default)).Items.Single().ForgetAt;

        Assert.True(forgetAt > _clock.GetUtcNow() + new ChatGeniusSettings().AccessTokenLifetime);
        _clock.Pass(forgetAt - _clock.GetUtcNow());
        Assert.Empty((await Ends().SinceAsync(0, default)).Items);
    }

    SessionEnder Ender() => new(_identity.Database, Options.Create(new ChatGeniusSettings()), new TokenMeters(new Meters()), _clock, NullLogger<SessionEnder>.Instance);

    SessionEnds Ends() => new(_identity.Database, _clock);

    sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
