using ChatGenius.TestSupport.Processes;

namespace ChatGenius.Specs.Surroundings;

public sealed class PartsSpecs
{
    [Fact]
    public async Task Ending_GoesOnAfterAFailureAndTellsIt()
    {
        var folder = new WorkFolder();
        var error = await Assert.ThrowsAsync<AggregateException>(async () => await Parts.EndAsync([new Failing(), null, folder]));

        Assert.Equal("on purpose", Assert.Single(error.InnerExceptions).Message);
        Assert.False(Directory.Exists(folder.Path));
    }

    sealed class Failing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.FromException(new InvalidOperationException("on purpose"));
    }
}
