namespace ChatGenius.Gateway.Routing;

/// <summary>A content in place of another, with its headers; its length is what they say.</summary>
/// <typeparam name="TSource">What its bytes come from; disposed of with it.</typeparam>
internal abstract class ContentInstead<TSource> : HttpContent where TSource : IDisposable
{
    protected ContentInstead(HttpContent other, TSource source)
    {
        Source = source;
        foreach (var (name, values) in other.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected TSource Source { get; }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Source.Dispose();
        base.Dispose(disposing);
    }
}
