using ChatGenius.TestSupport.Deployments;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>The page as the gateway serves it, with the services in processes of their own.</summary>
[Collection(GatewayCollection.Name)]
public sealed class GatewayTests(GatewayFixture chat)
{
    [Fact]
    public async Task Conversation_GoesOnOverTheEndOfEachInstance()
    {
        using var ann = await Someone.RegisterAsync(chat.Address, "Ann");
        using var bob = await Someone.RegisterAsync(chat.Address, "Bob");
        var channel = await ann.CreateAsync("apart", "private", bob.Id);
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, ann, channel);
        await using var his = await ChatPage.OpenAsync(chat.Browser, chat.Address, bob, channel);
        await hers.SayAsync("before");
        await his.SeesAsync("before");

        for (var instance = 0; instance < 2; instance++)
        {
            var text = $"without {chat.Of(Service.Realtime, instance).Name}";
            await chat.Of(Service.Realtime, instance).KillAsync();
            await hers.SayAsync(text);
            await his.SeesAsync(text);
            await hers.SeesAsync(text);
            await chat.Of(Service.Realtime, instance).StartAsync();
        }

        Assert.Equal(await ann.TextsAsync(channel), await his.TextsAsync());
        Assert.Equal(await his.TextsAsync(), await hers.TextsAsync());
    }
}
