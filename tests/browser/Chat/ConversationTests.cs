using ChatGenius.TestSupport.Deployments;
using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

public sealed class ConversationTests(ChatFixture chat) : IClassFixture<ChatFixture>
{
    [Fact]
    public async Task TwoBrowsers_HoldAConversation()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        using var bob = await Someone.RegisterAsync(chat.Address, "Bob");
        var channel = await ann.CreateAsync("talk", "public", bob.Id);
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        await using var his = await ChatPage.OpenAsync(chat.Browser, chat.Address, bob, channel);

        await hers.Field.PressSequentiallyAsync("Good morning");
        await Assertions.Expect(his.Page.Locator(".typing")).ToContainTextAsync("Ann is typing");
        await hers.Field.PressAsync("Enter");
        await his.SeesAsync("Good morning");
        await his.SayAsync("And to **you**");
        await hers.SeesAsync("And to you");
        await Assertions.Expect(hers.Message("And to you").Locator("strong", new() { HasText = "you" })).ToHaveCountAsync(1);

        await his.Message("Good morning").HoverAsync();
        await his.Message("Good morning").GetByLabel("Add a reaction").ClickAsync();
        await his.Page.GetByRole(AriaRole.Option, new() { Name = "thumbsup" }).ClickAsync();
        await Assertions.Expect(hers.Message("Good morning").Locator(".reaction")).ToContainTextAsync("1");

        await his.Message("Good morning").HoverAsync();
        await his.Message("Good morning").GetByLabel("Reply in thread").ClickAsync();
        var reply = his.Page.Locator(".panel .composer textarea");
        await reply.FillAsync("Slept well?");
        await reply.PressAsync("Enter");
        await Assertions.Expect(hers.Message("Good morning").Locator(".replies")).ToContainTextAsync("1 reply");

        await hers.Field.PressAsync("ArrowUp");
        await Assertions.Expect(hers.Field).ToHaveValueAsync("Good morning");
        await hers.Field.FillAsync("Good evening");
        await hers.Field.PressAsync("Enter");
        await his.SeesAsync("Good evening");
        Assert.Equal(["Good evening", "And to you"], await his.TextsAsync());
    }

    [Fact]
    public async Task FiftyMessages_WhileOffline_ComeOnceEachAndInOrder()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        using var bob = await Someone.RegisterAsync(chat.Address, "Bob");
        var channel = await ann.CreateAsync("tunnel", "public", bob.Id);
        await using var his = await ChatPage.OpenAsync(chat.Browser, chat.Address, bob, channel);
        await ann.SayAsync(channel, "before");
        await his.SeesAsync("before");

        await his.Context.SetOfflineAsync(true);
        await Assertions.Expect(his.Notice).ToContainTextAsync("You are offline");
        for (var i = 0; i < 50; i++)
            await ann.SayAsync(channel, $"while away {i:00}");
        await his.SayAsync("from the tunnel");
        await his.SeesAsync("from the tunnel", "pending");
        await his.Context.SetOfflineAsync(false);

        await his.SeesAsync("from the tunnel");
        await his.BecomesAsync("live");
        var held = await ann.TextsAsync(channel);
        Assert.Equal(52, held.Count);
        Assert.Equal(held, await his.TextsAsync());
    }

    [Fact]
    public async Task PendingMessage_OverAReload_IsSentOnce()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        var channel = await ann.CreateAsync("reload", "public");
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        await hers.Context.RouteAsync("**/api/v1/channels/*/messages", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await hers.SayAsync("kept");
        await hers.SeesAsync("kept", "pending");
        await hers.Page.ReloadAsync();
        await hers.SeesAsync("kept", "pending");
        await hers.Context.UnrouteAllAsync();

        await hers.SeesAsync("kept");
        Assert.Equal(["kept"], await ann.TextsAsync(channel));
        Assert.Equal(["kept"], await hers.TextsAsync());
    }

    [Fact]
    public async Task Server_KilledWhileSomebodyWrites_LosesNothing()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        var channel = await ann.CreateAsync("crash", "public");
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        await hers.SayAsync("before");
        await hers.SeesAsync("before");

        await hers.Field.PressSequentiallyAsync("half a ");
        await chat.Of(Service.Host).KillAsync();
        await Assertions.Expect(hers.Notice).ToContainTextAsync("your messages are kept", new() { IgnoreCase = true });
        await hers.Field.PressSequentiallyAsync("sentence");
        await hers.Field.PressAsync("Enter");
        await hers.SeesAsync("half a sentence", "pending");
        await chat.Of(Service.Host).StartAsync();

        await hers.SeesAsync("half a sentence");
        await hers.BecomesAsync("live");
        Assert.Equal(["before", "half a sentence"], await ann.TextsAsync(channel));
    }

    [Fact]
    public async Task Removal_FromAnOpenPrivateChannel_TakesItAway()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        using var bob = await Someone.RegisterAsync(chat.Address, "Bob");
        var channel = await ann.CreateAsync("secret", "private", bob.Id);
        await using var his = await ChatPage.OpenAsync(chat.Browser, chat.Address, bob, channel);
        await ann.SayAsync(channel, "the plan");
        await his.SeesAsync("the plan");

        await ann.RemoveAsync(channel, bob.Id);
        await his.Page.GetByRole(AriaRole.Heading, new() { Name = "You cannot see this channel" }).WaitForAsync();
        await ann.SayAsync(channel, "without Bob");
        await Assertions.Expect(his.Page.Locator("body")).Not.ToContainTextAsync("the plan");
        await Assertions.Expect(his.Page.Locator(".side")).Not.ToContainTextAsync("secret");
        await Assertions.Expect(his.Page.Locator("body")).Not.ToContainTextAsync("without Bob");
    }
}
