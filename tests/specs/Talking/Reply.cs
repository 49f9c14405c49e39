using System.Net.Http.Headers;

namespace ChatGenius.Specs.Talking;

/// <summary>What came back over HTTP.</summary>
public sealed record Reply(string Request, HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Body => Json.Parse(Text);

    /// <summary>Fails unless the reply has one of these statuses.</summary>
    public Reply Expect(params ReadOnlySpan<HttpStatusCode> statuses)
    {
        if (!statuses.Contains(Status))
            Assert.Fail($"{Request} should answer {string.Join(" or ", statuses.ToArray())} and answered {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Fails unless the reply is a problem with this status and code.</summary>
    public Reply ExpectProblem(HttpStatusCode status, string code)
    {
        ExpectProblem();
        if (Status != status || Body.Text("code") != code)
            Assert.Fail($"{Request} should answer {(int)status} {code} and answered {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Fails unless the reply is a problem of the caller's making, told as RFC 9457 and the catalogue of errors say.</summary>
    public Reply ExpectProblem()
    {
        if ((int)Status is < 400 or >= 500)
            Assert.Fail($"{Request} should answer with a problem of the caller's and answered {(int)Status}: {Text}");
        Assert.True(ContentType == "application/problem+json", $"{Request} answered {(int)Status} as {ContentType}: {Text}");
        var known = Body.TryGetProperty("code", out var code) && code.GetString() is { Length: > 0 } && Body.TryGetProperty("traceId", out var trace) && trace.GetString() is { Length: > 0 };
        Assert.True(known, $"{Request} answered a problem without code or traceId: {Text}");
        return this;
    }

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
