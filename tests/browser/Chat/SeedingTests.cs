using ChatGenius.TestSupport.Deployments;
using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>A host that was started with <c>--seed</c>.</summary>
public sealed class SeededFixture() : ChatFixture(new HostDeployment(new DeploymentOptions { LogName = "chat-seeded", Arguments = ["--seed"] }));

public sealed class SeedingTests(SeededFixture chat) : IClassFixture<SeededFixture>
{
    const string Password = "demo demo demo";

    [Fact]
    public async Task SeededHost_ShowsALivelyWorkspace_AndIsSeededOnce()
    {
        await using (var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address, "ada", Password))
        {
            await hers.Page.Locator(".side-line", new() { HasText = "engineering" }).ClickAsync();
            await Assertions.Expect(hers.Page.Locator(".unread-line")).ToBeVisibleAsync();
            await Assertions.Expect(hers.Page.Locator(".day").First).ToBeVisibleAsync();
            await Assertions.Expect(hers.Page.Locator(".reaction").First).ToBeVisibleAsync();
            await hers.Page.Locator(".replies").Last.ClickAsync();
            await Assertions.Expect(hers.Page.Locator(".thread .message")).Not.ToHaveCountAsync(1);
        }
        using var ada = await Someone.SignInAsync(chat.Address, "ada", Password);
        var before = await ada.CountAsync();
        Assert.InRange(before.Channels, 8, 20);
        Assert.InRange(before.Messages, 200, 1_000);

        await chat.Of(Service.Host).RestartAsync();
        Assert.Equal(before, await ada.CountAsync());
    }
}
