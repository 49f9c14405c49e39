using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

public sealed class HostileTextTests(ChatFixture chat) : IClassFixture<ChatFixture>
{
    static readonly string[] s_hostile =
    [
        "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"><style>body{display:none}</style>",
        "[click](javascript:window.hacked=1) ![picture](https://example.org/tracker.png) <https://example.org/a\"onmouseover=window.hacked=1>",
        "```\n</code></pre><svg onload=window.hacked=1>\n```",
        "\u202Eriuq rof detcelloc\u202D \u2066never closed \u202E",
        "a" + new string('\u0301', 200) + " " + string.Concat(Enumerable.Repeat("Z\u0351\u036B\u0343\u036A", 50)),
        string.Concat(Enumerable.Repeat("[*_`", 4_000)),
        new string('W', 16_000),
        string.Concat(Enumerable.Repeat("> ", 8_000)),
    ];

    [Fact]
    public async Task HostileTexts_AreShownAndHarmNothing()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        var channel = await ann.CreateAsync("hostile", "public");
        foreach (var text in s_hostile)
            await ann.SayAsync(channel, text);
        await ann.SayAsync(channel, "the last word");
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        await hers.SeesAsync("the last word");

        var shown = await hers.TextsAsync();
        Assert.Equal(s_hostile.Length + 1, shown.Count);
        Assert.Contains(shown, text => text.Contains("<script>window.hacked", StringComparison.Ordinal));
        Assert.False(await hers.Page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.Equal(0, await hers.Page.Locator(".timeline :is(script, style, img, svg[onload], iframe, object)").CountAsync());
        Assert.Empty(await hers.Page.Locator(".timeline a").EvaluateAllAsync<string[]>("links => links.map(a => a.href).filter(href => !/^https?:/.test(href))"));
        Assert.True(await hers.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('.scroller').scrollWidth <= document.querySelector('.scroller').clientWidth + 1"));
        // What stands above and below a message is not painted over.
        Assert.True(await hers.Page.Locator(".text").EvaluateAllAsync<bool>("texts => texts.every(text => getComputedStyle(text).overflowY !== 'visible' && text.getBoundingClientRect().height < 600)"));
        await hers.SayAsync("and on it goes");
        await hers.SeesAsync("and on it goes");
    }
}
