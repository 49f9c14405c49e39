using Xunit;

namespace ChatGenius.BrowserTests.Chat;

public sealed class TokenTests(ShortTokenFixture chat) : IClassFixture<ShortTokenFixture>
{
    [Fact]
    public async Task Token_ThatEndsWhileThePageIsOpen_IsRenewedUnnoticed()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        var channel = await ann.CreateAsync("long", "public");
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        // Two lives of a token later.
        for (var i = 0; i < 2; i++)
            await hers.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/connect/token", StringComparison.Ordinal) && answer.Ok);

        await hers.SayAsync("still here");
        await hers.SeesAsync("still here");
        await hers.BecomesAsync("live");
    }
}
