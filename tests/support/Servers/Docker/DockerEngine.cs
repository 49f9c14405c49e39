using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace ChatGenius.TestSupport.Servers.Docker;

/// <summary>The Docker engine, if one answers. <c>CHATGENIUS_TEST_DOCKER=no</c> leaves it alone.</summary>
static class DockerEngine
{
    static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PullBound = TimeSpan.FromMinutes(3);
    static readonly Lazy<DockerClient?> Engine = new(Connect);

    /// <summary>The image of a server; <c>test</c> reads the same file.</summary>
    public static string ImageOf(string server) =>
        File.ReadLines(Repository.Path("tests/support/Servers/Docker/images.txt")).Select(line => line.Split(' ')).First(parts => parts[0] == server)[1];

    /// <summary>True when an engine answers and has the server's image, or could get it. Else says in one line what is missing.</summary>
    public static async Task<bool> Has(string server, CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable("CHATGENIUS_TEST_DOCKER") == "no" || Engine.Value is not { } engine)
            return false;
        var image = ImageOf(server);
        try
        {
            await Bounded(AnswerBound, engine.System.PingAsync, cancel);
        }
        catch (Exception)
        {
            return false;
        }
        try
        {
            var found = await Bounded(AnswerBound, token => engine.Images.ListImagesAsync(
                new ImagesListParameters { Filters = new Dictionary<string, IDictionary<string, bool>> { ["reference"] = new Dictionary<string, bool> { [image] = true } } }, token), cancel);
            if (found.Count == 0)
            {
                var (name, tag) = image.Split(':') is [var left, var right] ? (left, right) : (image, "latest");
                await Bounded(PullBound, async token =>
                {
                    await engine.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = name, Tag = tag }, new AuthConfig(), new Progress<JSONMessage>(), token);
                    return true;
                }, cancel);
            }
            return true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine($"Docker answers but cannot get {image}, so it counts as absent: {error.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    /// <summary>Ends a container as a crash would.</summary>
    public static Task KillAsync(string containerId) => Engine.Value!.Containers.KillContainerAsync(containerId, new ContainerKillParameters());

    static DockerClient? Connect()
    {
        try
        {
            return TestcontainersSettings.OS.DockerEndpointAuthConfig?.GetDockerClientBuilder().Build();
        }
        catch (Exception)
        {
            return null;
        }
    }

    static Task Bounded(TimeSpan bound, Func<CancellationToken, Task> call, CancellationToken cancel) =>
        Bounded(bound, async token => { await call(token); return true; }, cancel);

    static async Task<T> Bounded<T>(TimeSpan bound, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        source.CancelAfter(bound);
        return await call(source.Token);
    }
}
