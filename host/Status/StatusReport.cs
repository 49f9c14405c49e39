namespace ChatGenius.Host.Status;

/// <summary>The answer of <c>GET /api/v1/admin/status</c>. Names and labels are those of docs/telemetry.md.</summary>
internal sealed record StatusReport
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Since when sums are counted: the start of the process.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What <see cref="Times"/> looks back on.</summary>
    public required int WindowSeconds { get; init; }

    /// <summary>Sums and gauges.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>How times were spread, by metric.</summary>
    public required IReadOnlyDictionary<string, Spread> Times { get; init; }

    /// <summary>The last 50 connections that ended, the newest first.</summary>
    public required IReadOnlyList<CloseSeen> Closes { get; init; }
}

/// <summary>One series of a metric.</summary>
internal sealed record Figure
{
    public required string Name { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public required double Value { get; init; }
}

/// <summary>A connection that ended.</summary>
/// <param name="At">When.</param>
/// <param name="Code">The close code; <c>none</c> for one that was lost.</param>
/// <param name="Transport">How it was connected.</param>
internal sealed record CloseSeen(DateTimeOffset At, string Code, string Transport);
