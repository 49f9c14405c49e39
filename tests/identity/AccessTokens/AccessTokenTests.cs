using ChatGenius.Hosting.Problems;

namespace ChatGenius.IdentityTests.AccessTokens;

public sealed class AccessTokenTests : IDisposable
{
    const string Good = "as it is issued";
    const string OfTheNextKey = "signed with the next key, which is not held yet";
    const string OfNoKnownKey = "signed with a key that nobody knows";

    readonly Validation _validation = new();

    public static TheoryData<string> Tokens => [.. Golden.All.Tokens.Select(token => token.Name)];

    public void Dispose() => _validation.Dispose();

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Token_Golden_IsAnsweredWithItsCode(string name)
    {
        var token = Golden.Of(name);
        _validation.After = TimeSpan.FromSeconds(token.After);

        Assert.Equal(token.Code, await _validation.SayAsync(token.Token));
        Assert.Equal(token.Code, await _validation.SayAsync(token.Token));
    }

    [Fact]
    public async Task Token_Good_SpeaksForItsUserAndSession()
    {
        var caller = await _validation.ValidateAsync(Golden.Of(Good).Token);

        Assert.Equal("0192a5a0-0000-7000-8000-000000000001", caller.FindFirst("sub")!.Value);
        Assert.Equal("0192a5a0-0000-7000-8000-00000000000a", caller.FindFirst("sid")!.Value);
        Assert.Equal("ann", caller.Identity!.Name);
        Assert.False(caller.IsInRole("admin"));
        Assert.Equal(0, _validation.Refreshes);
    }

    [Fact]
    public async Task Token_KnownToBeGood_ExpiresAllTheSame()
    {
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));
        _validation.After = TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1);
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));

        _validation.After = TimeSpan.FromMinutes(15);
        Assert.Equal("token_expired", await _validation.SayAsync(Golden.Of(Good).Token));
    }

    [Fact]
    public async Task Key_Rotated_IsAskedForOnce()
    {
        Assert.Null(await _validation.SayAsync(Golden.Of(OfTheNextKey).Token));
        Assert.Null(await _validation.SayAsync(Golden.Of(OfTheNextKey).Token));
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));

        Assert.Equal(1, _validation.Refreshes);
    }

    [Fact]
    public async Task Key_Unknown_IsAskedForOnceForEachToken()
    {
        Assert.Equal("token_invalid", await _validation.SayAsync(Golden.Of(OfNoKnownKey).Token));

        Assert.Equal(1, _validation.Refreshes);
    }

    [Fact]
    public async Task Key_Withdrawn_IsNotTakenAnyMore()
    {
        _validation.Published = Golden.Next;
        Assert.Null(await _validation.SayAsync(Golden.Of(OfTheNextKey).Token));

        Assert.Equal("token_invalid", await _validation.SayAsync(Golden.Of(Good).Token));
    }

    [Fact]
    public async Task Keys_ThatCannotBeHad_AreNoFaultOfTheToken()
    {
        _validation.Published = null;

        Assert.Equal("unavailable", await _validation.SayAsync(Golden.Of(OfTheNextKey).Token));
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));
    }

    [Fact]
    public async Task Session_ThatEnded_IsSaidEvenOfAKnownToken()
    {
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));
        _validation.Ended = "0192a5a0-0000-7000-8000-00000000000a";

        await _validation.LearnOfEndsAsync();

        Assert.Equal("session_ended", await _validation.SayAsync(Golden.Of(Good).Token));
    }

    [Fact]
    public async Task Token_ThatIsOver_IsStillIdentifiedForAMinute()
    {
        var token = Golden.Of(Good).Token;
        Assert.Null(await _validation.SayAsync(token));
        _validation.Ended = "0192a5a0-0000-7000-8000-00000000000a";
        await _validation.LearnOfEndsAsync();
        foreach (var minutes in (int[])[1, 15, 16])
        {
            _validation.After = TimeSpan.FromMinutes(minutes);
            Assert.NotNull(await _validation.SayAsync(token));
            Assert.Equal("ann", (await _validation.IdentifyAsync(token)).Identity!.Name);
        }

        _validation.After = TimeSpan.FromMinutes(16) + TimeSpan.FromMilliseconds(1);
        Assert.Equal("token_expired", await _validation.SayAsync(token));

        Assert.Equal("token_expired", (await Assert.ThrowsAsync<ProblemException>(() => _validation.IdentifyAsync(token))).Error.Code);
    }

    [Fact]
    public async Task Sessions_OfWhichNothingIsKnownYet_AreNotLetIn()
    {
        _validation.IsSilentAboutEnds = true;

        Assert.Equal("unavailable", await _validation.SayAsync(Golden.Of(Good).Token));

        _validation.IsSilentAboutEnds = false;
        await _validation.LearnOfNoEndsAsync();
        Assert.Null(await _validation.SayAsync(Golden.Of(Good).Token));
    }
}
