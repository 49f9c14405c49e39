using ChatGenius.Realtime.Connections;

namespace ChatGenius.HotPaths;

/// <summary>A line that nothing is written to.</summary>
sealed class Nowhere : IConnectionLine
{
    public string Id => "nowhere";
    public CancellationToken Gone => CancellationToken.None;

    public Task WriteAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation) => throw new InvalidOperationException("Something was written to an idle connection.");

    public void RequestClose()
    {
    }

    public void Abort()
    {
    }
}
