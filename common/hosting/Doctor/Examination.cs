namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at everything that a process needs, a line for each finding.</summary>
internal sealed class Examination(Func<string[], WebApplication> build, TextWriter output)
{
    /// <summary>How long one part may take.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly int[] _count = new int[3];

    /// <summary>Looks, and says what was found. True when nothing failed.</summary>
    public async Task<bool> RunAsync(string[] settings, CancellationToken cancellation)
    {
        try
        {
            await using var app = build(settings);
            app.Services.GetService<IStartupValidator>()?.Validate();
            await SayAsync(Finding.Ok("settings", "complete and in their proper form"));
            foreach (var check in app.Services.GetServices<ICheck>())
                await LookAsync(check, cancellation);
        }
        catch (OptionsValidationException wrong)
        {
            await SayWrongAsync(wrong);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(e => e is OptionsValidationException))
        {
            foreach (var wrong in several.InnerExceptions.OfType<OptionsValidationException>())
                await SayWrongAsync(wrong);
        }
        await output.WriteLineAsync($"{_count[(int)Health.Ok]} fine, {_count[(int)Health.Warn]} to look at, {_count[(int)Health.Fail]} failed");
        return _count[(int)Health.Fail] == 0;
    }

    async Task LookAsync(ICheck check, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await foreach (var finding in check.LookAsync(either.Token))
                await SayAsync(finding);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await SayAsync(Finding.Fail(check.GetType().Name.Split("Check")[0].ToLowerInvariant(), $"no answer within {Patience.TotalSeconds} s", "See whether a firewall drops what is sent to it."));
        }
    }

    async Task SayWrongAsync(OptionsValidationException wrong)
    {
        foreach (var failure in wrong.Failures)
            await SayAsync(Finding.Fail("settings", "missing or wrong", failure));
    }

    async Task SayAsync(Finding finding)
    {
        _count[(int)finding.Health]++;
        await output.WriteLineAsync($"{finding.Health.ToString().ToUpperInvariant(),-5} {finding.What,-18} {finding.Found}");
        if (finding.Remedy is not null)
            await output.WriteLineAsync($"{"",-24} → {finding.Remedy}");
    }
}
