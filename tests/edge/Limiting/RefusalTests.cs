using System.Text;
using ChatGenius.Contracts.Edge;

namespace ChatGenius.EdgeTests.Limiting;

public sealed class RefusalTests
{
    [Fact]
    public async Task Service_Away_IsAProblemThatSaysWhenToComeBack()
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await gateway.Http.GetAsync("/api/v1/channels");
        await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal("1", answer.Header("Retry-After"));
        Assert.NotNull(answer.Header("RateLimit"));
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/internal/identity/sessions/ended")]
    [InlineData("/api/v2/users")]
    public async Task Path_ThatIsNotPublic_IsNotFound(string path)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var answer = await gateway.Http.GetAsync(path);
        await answer.IsProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_TooLarge_IsRefused(bool announced)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(new string('x', Limits.BodyBytes + 1)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channels") { Content = content };
        request.Headers.TransferEncodingChunked = !announced;
        using var answer = await gateway.Http.SendAsync(request);
        await answer.IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task Body_AsLargeAsAllowed_IsTaken()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var answer = await gateway.Http.PostAsync("/api/v1/channels", new StringContent(new string('x', Limits.BodyBytes)));
        Assert.Equal(Limits.BodyBytes, (await answer.Content.ReadFromJsonAsync<PlayedServices.Seen>())!.Body.Length);
    }
}
