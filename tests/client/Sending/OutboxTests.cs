using System.Net;
using ChatGenius.Client;
using ChatGenius.ClientTests.Support;
using ChatGenius.ClientTests.Syncing;
using ChatGenius.Contracts.Messages;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.ClientTests.Sending;

public sealed class OutboxTests : IDisposable
{
    readonly WorkFolder _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Send_OfOneChannel_GoesOneAfterTheOther()
    {
        using var client = new OneClient();
        client.Steps.Do(() =>
        {
            for (var i = 0; i < 3; i++)
                client.Chat.Outbox.Send(Owner.Channel, $"text {i}");
            client.Chat.Outbox.Send(Guid.CreateVersion7(), "elsewhere");
        });

        Assert.Equal(["text 0", "elsewhere"], client.Server.Posts.Select(p => p.Body.Text));
        Answer(client);
        Assert.Contains("text 1", client.Server.Posts.Select(p => p.Body.Text));
    }

    [Fact]
    public void Send_WithoutAnAnswer_SendsTheSameClientIdForEver()
    {
        using var client = new OneClient();
        client.Steps.Do(() => client.Chat.Outbox.Send(Owner.Channel, "hello"));
        for (var i = 0; i < 50; i++)
        {
            client.Steps.Do(() => client.Server.Posts.Single().Answer.SetException(i % 2 == 0 ? new HttpRequestException("cut") : new ChatApiException(HttpStatusCode.ServiceUnavailable, "overloaded", "", null)));
            client.Steps.Pass(TimeSpan.FromSeconds(10));
        }

        Assert.Single(client.Server.Calls.Select(c => ((PostMessage)c.Body!).ClientId).Distinct());
        Assert.Equal(51, client.Server.Calls.Count);
        Assert.Equal(SendState.Pending, client.Chat.Outbox.Waiting.Single().State);
    }

    [Fact]
    public void Refused_WithRetryAfter_WaitsAsLong()
    {
        using var client = new OneClient();
        client.Steps.Do(() => client.Chat.Outbox.Send(Owner.Channel, "hello"));
        client.Steps.Do(() => client.Server.Posts.Single().Answer.SetException(new ChatApiException(HttpStatusCode.TooManyRequests, "rate_limited", "", TimeSpan.FromSeconds(7))));
        client.Steps.Pass(TimeSpan.FromSeconds(6.9));
        Assert.Single(client.Server.Calls);
        client.Steps.Pass(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, client.Server.Calls.Count);
    }

    [Fact]
    public void SendAsync_Cancelled_LeavesTheOutbox()
    {
        using var client = new OneClient();
        using var cancellation = new CancellationTokenSource();
        Task? sending = null;
        client.Steps.Do(() => sending = client.Chat.Outbox.SendAsync(Owner.Channel, "hello", cancellation: cancellation.Token));
        client.Steps.Do(cancellation.Cancel);

        Assert.True(sending!.IsCanceled);
        Assert.Empty(client.Chat.Outbox.Waiting);
    }

    [Fact]
    public void Stop_LeavesWhatWaits_AndSendsNoMore()
    {
        using var client = new OneClient();
        Task? sending = null;
        client.Steps.Do(() => sending = client.Chat.Outbox.SendAsync(Owner.Channel, "hello"));
        client.Steps.Finish(client.Chat.StopAsync);
        client.Steps.Pass(TimeSpan.FromHours(1));

        Assert.True(sending!.IsCanceled);
        Assert.Equal(SendState.Pending, client.Chat.Outbox.Waiting.Single().State);
        Assert.Single(client.Server.Calls);
    }

    [Fact]
    public void FileStore_NextProcess_SendsWhatWaitedWithItsClientId_AndShowsWhatFailed()
    {
        Guid pending;
        using (var first = New())
        {
            first.Steps.Do(() => first.Chat.Outbox.Send(Owner.Channel, "refused"));
            Saved(first, 1);
            first.Steps.Do(() => first.Server.Posts.Single().Answer.SetException(new ChatApiException(HttpStatusCode.Forbidden, "not_a_member", "You are no member.", null)));
            first.Steps.Do(() => first.Chat.Outbox.Send(Owner.Channel, "pending"));
            Saved(first, 2);
            pending = first.Server.Posts.Single().Body.ClientId;
        }

        using var second = New();
        second.Live();
        SpinUntil(second, () => second.Server.Posts.Any());
        Assert.Equal((pending, "pending"), (second.Server.Posts.Single().Body.ClientId, second.Server.Posts.Single().Body.Text));
        var failed = second.Chat.Outbox.Waiting.First();
        Assert.Equal((SendState.Failed, "not_a_member", HttpStatusCode.Forbidden), (failed.State, failed.Failure!.Code, failed.Failure.Status));
        Answer(second);
        second.Steps.Do(() => second.Chat.Outbox.Discard(failed));
        SpinUntil(second, () => Directory.GetFiles(_work.Folder("outbox")).Length == 0);

        OneClient New() => new(options => options with { OutboxStore = new FileOutboxStore(_work.Folder("outbox")) });

        void Saved(OneClient client, int files) => SpinUntil(client, () => Directory.GetFiles(_work.Folder("outbox"), "*.json").Length == files && client.Server.Posts.Any());
    }

    // Files are real, so their ends come from outside of the simulated time.
    static void SpinUntil(OneClient client, Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() =>
    {
        client.Steps.Do(() => { });
        return condition();
    }, TimeSpan.FromSeconds(10)));

    static void Answer(OneClient client)
    {
        var (body, answer) = client.Server.Posts.First();
        client.Steps.Do(() => answer.SetResult(new Owner().Store(FakeServer.Me, body.ClientId, body.Text).Message));
    }
}
