namespace ChatGenius.Hosting;

/// <summary>Something that a process needs before it is ready; <c>/health/ready</c> lists what it waits for.</summary>
public interface IReadiness
{
    /// <summary>A short, stable name.</summary>
    string Name { get; }

    bool IsReady { get; }

    /// <summary>What is missing and what was tried, for people; null when nothing is.</summary>
    string? Waiting { get; }
}
