using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace ChatGenius.TestSupport.Servers.Docker;

/// <summary>The Docker engine, if one answers and has or gets every image. <c>CHATGENIUS_TEST_DOCKER=no</c> leaves it alone.</summary>
static class DockerEngine
{
    static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PullBound = TimeSpan.FromMinutes(3);
    static readonly Lazy<DockerClient?> Engine = new(Connect);
    static readonly Lazy<Task<bool>> Asked = new(AskAsync);

    /// <summary>Name and image of each server, and of the reaper that ends containers whose test was killed. <c>test</c> reads the same file.</summary>
    static readonly Lazy<Dictionary<string, string>> Images = new(() =>
        File.ReadLines(Repository.Path("tests/support/Servers/Docker/images.txt")).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]));

    /// <summary>The image of a server.</summary>
    public static string ImageOf(string server) => Images.Value[server];

    /// <summary>True when containers can be had. Asked once; says in one line what is missing when an engine answers and that is not all.</summary>
    public static Task<bool> ServesAsync() => Asked.Value;

    /// <summary>Ends a container as a crash would.</summary>
    public static Task KillAsync(string containerId) => Engine.Value!.Containers.KillContainerAsync(containerId, new ContainerKillParameters());

    static async Task<bool> AskAsync()
    {
        if (Environment.GetEnvironmentVariable("CHATGENIUS_TEST_DOCKER") == "no" || Engine.Value is not { } engine)
            return false;
        try
        {
            using var bound = new CancellationTokenSource(AnswerBound);
            await engine.System.PingAsync(bound.Token);
        }
        catch (Exception)
        {
            return false;
        }
        TestcontainersSettings.ResourceReaperImage = new DockerImage(ImageOf("Reaper"));
        foreach (var image in Images.Value.Where(image => image.Key != "Reaper" || TestcontainersSettings.ResourceReaperEnabled).Select(image => image.Value))
        {
            try
            {
                await GetAsync(engine, image);
            }
            catch (Exception error)
            {
                Console.Error.WriteLine($"Docker answers but cannot get {image}, so it counts as absent: {error.Message.ReplaceLineEndings(" ")}");
                return false;
            }
        }
        return true;
    }

    static async Task GetAsync(DockerClient engine, string image)
    {
        using var bound = new CancellationTokenSource(PullBound);
        try
        {
            await engine.Images.InspectImageAsync(image, bound.Token);
        }
        catch (DockerImageNotFoundException)
        {
            var parts = image.Split(':');
            await engine.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = parts[0], Tag = parts[1] }, new AuthConfig(), new Progress<JSONMessage>(), bound.Token);
        }
    }

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
}
