// A bot that answers whoever mentions it, in each channel that it is invited to:
// dotnet run --project examples/bot -- http://127.0.0.1:8080 name password
using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

await using var chat = new ChatClient(new ChatClientOptions { Address = new Uri(args[0]) });
await chat.SignInAsync(args[1], args[2]);
chat.Start();
var me = chat.UserId!.Value;
var channels = new HashSet<Guid>();
await foreach (var change in chat.Watch(FeedName.UserChannels(me)).ChangesAsync())
    foreach (var mine in change.As<MyChannel>())
        if (!mine.Left && channels.Add(mine.ChannelId))
            _ = AnswerAsync(mine.ChannelId);

async Task AnswerAsync(Guid channel)
{
    var answered = new HashSet<Guid>();
    await foreach (var change in chat.Watch(FeedName.Messages(channel)).ChangesAsync())
        foreach (var message in change.As<Message>())
            // A message that has replies was answered before the bot was started anew.
            if (message.Mentions.Contains(me) && message.AuthorId != me && message.ReplyCount == 0 && answered.Add(message.Id))
                chat.Outbox.Send(channel, $"You said: {message.Text}", thread: message.ThreadId ?? message.Id);
}
