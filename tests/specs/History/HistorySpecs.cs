namespace ChatGenius.Specs.History;

public abstract class HistorySpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Theory]
    [InlineData("", 51, 100)]
    [InlineData("?limit=3", 98, 100)]
    [InlineData("?limit=200", 1, 100)]
    [InlineData("?before=51&limit=10", 41, 50)]
    [InlineData("?before=4", 1, 3)]
    [InlineData("?after=90", 91, 100)]
    [InlineData("?after=10&limit=5", 11, 15)]
    public async Task Page_IsWhatTheQuerySaysInSeqOrder(string query, int first, int last)
    {
        var (ann, channel) = await LongChannelAsync();

        var page = await ann.PageAsync(channel, query);

        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(n => (long)n), page.List("items").Select(message => message.Number("seq")));
        Assert.Equal(channel.Messages, page.Text("feed.feed"));
        Assert.True(page.Number("fence.epoch") > 0);
    }

    [Fact]
    public async Task Answers_AreNotSentInChunks()
    {
        var (ann, channel) = await LongChannelAsync();

        var (page, sideBar) = (await ann.GetAsync($"/api/v1/channels/{channel.Id}/messages?limit=200"), await ann.GetAsync("/api/v1/users/me/channels"));

        Assert.All([page, sideBar], answer => Assert.NotEqual(true, answer.Expect(HttpStatusCode.OK).Headers.TransferEncodingChunked));
    }

    [Theory]
    [InlineData("?before=1")]
    [InlineData("?after=100")]
    public async Task Page_BeyondTheEnds_IsEmpty(string query)
    {
        var (ann, channel) = await LongChannelAsync();

        Assert.Empty((await ann.PageAsync(channel, query)).List("items"));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Page_Around_HoldsTheMessageAndItsNeighbours(int seq)
    {
        var (ann, channel) = await LongChannelAsync();

        var seqs = (await ann.PageAsync(channel, $"?around={seq}&limit=20")).List("items").Select(message => message.Number("seq")).ToArray();

        Assert.Contains(seq, seqs);
        Assert.InRange(seqs.Length, 10, 20);
        Assert.Equal(Enumerable.Range(0, seqs.Length).Select(n => seqs[0] + n), seqs);
    }

    [Theory]
    [InlineData("?limit=201")]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=many")]
    [InlineData("?before=x")]
    [InlineData("?before=-5")]
    [InlineData("?before=3&after=5")]
    [InlineData("?around=3&thread=0199a5a0-0000-7000-8000-000000000000")]
    [InlineData("?thread=nonsense")]
    [InlineData("?before=99999999999999999999999")]
    public async Task Page_AskedForWrongly_IsRefusedAndNeverCut(string query)
    {
        var (ann, channel) = await LongChannelAsync();

        (await ann.GetAsync($"{channel.Path}/messages{query}")).Expect(HttpStatusCode.BadRequest).ExpectProblem();
    }

    [Fact]
    public async Task Page_HoldsTombstonesAndReplies()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var root = await ann.PostAsync(channel, "root");
        var doomed = await ann.PostAsync(channel, "doomed");
        await ann.PostAsync(channel, "reply", Guid.Parse(root.Text("id")!));
        (await ann.SendAsync(HttpMethod.Delete, channel.Message(doomed))).Expect(HttpStatusCode.OK);

        var page = (await ann.PageAsync(channel)).List("items");

        Assert.Equal([1L, 2L, 3L], page.Select(message => message.Number("seq")));
        Assert.Equal([false, true, false], page.Select(message => message.Flag("deleted")));
    }

    [Fact]
    public async Task Page_SaysThePositionAtWhichItWasRead()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var empty = await ann.PageAsync(channel);
        var message = await ann.PostAsync(channel, "one");

        var page = await ann.PageAsync(channel);

        Assert.Equal(0, empty.Number("feed.revision"));
        Assert.True(empty.Number("feed.epoch") > 0);
        Assert.Equal((empty.Number("feed.epoch"), message.Number("revision")), (page.Number("feed.epoch"), page.Number("feed.revision")));
    }

    // One channel of a hundred messages serves all of these.
    async Task<(Person Ann, Channel Channel)> LongChannelAsync()
    {
        var ann = await Ann();
        return (ann, await Fixture.OnceAsync("long channel", async () =>
        {
            var channel = await ann.CreateChannelAsync();
            for (var i = 1; i <= 100; i++)
                await ann.PostAsync(channel, $"message {i}");
            return channel;
        }));
    }
}
