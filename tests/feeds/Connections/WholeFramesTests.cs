using System.IO.Pipelines;
using ChatGenius.Realtime.Connections;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class WholeFramesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4000)]
    public async Task Write_LargerThanASegment_IsInOnePiece(int before)
    {
        var pipe = new Pipe();
        var writer = WholeFrames.Over(pipe.Writer);
        await writer.WriteAsync(new byte[before]);
        var large = Enumerable.Range(0, 20_000).Select(i => (byte)i).ToArray();

        await writer.WriteAsync(large);

        var read = (await pipe.Reader.ReadAsync()).Buffer;
        Assert.Equal(before + large.Length, read.Length);
        var written = read.Slice(before);
        Assert.Equal(large, written.FirstSpan.ToArray());
    }
}
