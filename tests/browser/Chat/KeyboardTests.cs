using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

public sealed class KeyboardTests(ChatFixture chat) : IClassFixture<ChatFixture>
{
    [Fact]
    public async Task Newcomer_WithAKeyboardOnly_RegistersCreatesSendsAndJumps()
    {
        await using var hers = await ChatPage.OpenAsync(chat.Browser, chat.Address);
        var keys = hers.Page.Keyboard;
        var suffix = Guid.CreateVersion7().ToString("N")[^8..];
        await Assertions.Expect(hers.Page.Locator("[name=displayName]")).ToBeFocusedAsync();
        await keys.TypeAsync("Ada");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("ada" + suffix);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Someone.Password);
        await keys.PressAsync("Enter");

        var create = hers.Page.Locator(".choices").GetByRole(AriaRole.Button, new() { Name = "Create a channel" });
        await create.WaitForAsync();
        await TabToAsync(keys, create);
        await keys.PressAsync("Enter");
        await Assertions.Expect(hers.Page.Locator("dialog [name=name]")).ToBeFocusedAsync();
        await keys.TypeAsync("first" + suffix);
        await keys.PressAsync("Enter");

        await Assertions.Expect(hers.Field).ToBeFocusedAsync();
        await keys.TypeAsync("one line");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("and another");
        await keys.PressAsync("Enter");
        await hers.SeesAsync("one lineand another");

        await keys.PressAsync("Control+k");
        await hers.Page.Locator("dialog input").WaitForAsync();
        await keys.TypeAsync("create");
        await Assertions.Expect(hers.Page.Locator("dialog [role=option]").First).ToContainTextAsync("Create a channel");
        await keys.PressAsync("Enter");
        await Assertions.Expect(hers.Page.Locator("dialog [name=name]")).ToBeFocusedAsync();
        await keys.TypeAsync("second" + suffix);
        await keys.PressAsync("Enter");
        await Assertions.Expect(hers.Page.GetByRole(AriaRole.Heading, new() { Name = "second" + suffix, Exact = true })).ToBeVisibleAsync();

        await keys.PressAsync("Control+k");
        await hers.Page.Locator("dialog input").WaitForAsync();
        await keys.TypeAsync("first");
        await Assertions.Expect(hers.Page.Locator("dialog [role=option]").First).ToContainTextAsync("first" + suffix);
        await keys.PressAsync("Enter");
        await hers.SeesAsync("one lineand another");
        await keys.PressAsync("Control+k");
        await hers.Page.Locator("dialog input").WaitForAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(hers.Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    static async Task TabToAsync(IKeyboard keys, ILocator target)
    {
        for (var i = 0; i < 40; i++)
        {
            await keys.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        Assert.Fail("The tabulator does not lead there.");
    }
}
