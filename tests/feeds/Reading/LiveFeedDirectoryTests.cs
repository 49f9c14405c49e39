using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.FeedsTests.Connections;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

/// <summary>Which feeds an instance follows.</summary>
public sealed class LiveFeedDirectoryTests : IDisposable
{
    static readonly FeedName s_messages = FeedName.Messages(Guid.CreateVersion7());

    readonly OneInstance _instance = new();
    readonly LiveFeedDirectory _directory;

    public LiveFeedDirectoryTests() => _directory = new LiveFeedDirectory(
        new LiveFeedServices(new LocalBackplane(), _ => new PlayedOwner(), TimeSpan.FromSeconds(4), _instance.Steps.Time, new LiveFeedMeters(new FeedMeters(_instance), _instance), NullLogger.Instance),
        TimeSpan.FromMinutes(1));

    public void Dispose() => _instance.Dispose();

    // Two who may not read it are refused at once: what the second lets go is over already, and others may read what came after it.
    [Fact]
    public void WhatWasLetGoBefore_TakesNothingWithIt()
    {
        var before = _directory.Get(s_messages);
        _directory.RetireIfUnread(before);
        var after = _directory.Get(s_messages);

        _directory.RetireIfUnread(before);

        Assert.NotSame(before, after);
        Assert.Same(after, _directory.Get(s_messages));
        Assert.Same(after.Members, _directory.Get(FeedName.Members(s_messages.Id)));
    }
}
