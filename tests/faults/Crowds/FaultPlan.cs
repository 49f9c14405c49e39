using System.Globalization;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Who talks, and what fails in which order.</summary>
/// <param name="Rounds">How often each fault comes alone; 0 for once, in company.</param>
internal sealed record FaultPlan(CrowdSize Size, int Seed, int Rounds, TimeSpan Moment)
{
    /// <summary>Within which everyone is at head once a fault has healed.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>True for the long version, which is asked for by <c>CHATGENIUS_FAULTS=long</c>.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CHATGENIUS_FAULTS") == "long";

    /// <summary>Each fault once with 40 clients; or, with <c>CHATGENIUS_FAULTS=long</c>, 200 clients and <c>CHATGENIUS_FAULTS_ROUNDS</c> (default 5) rounds of all faults in an order by chance.</summary>
    public static FaultPlan FromEnvironment()
    {
        var seed = Number("CHATGENIUS_FAULTS_SEED", 1);
        return IsLong
            ? new FaultPlan(CrowdSize.Large, seed, Number("CHATGENIUS_FAULTS_ROUNDS", 5), TimeSpan.FromSeconds(3))
            : new FaultPlan(CrowdSize.Small, seed, 0, TimeSpan.FromMilliseconds(800));
    }

    /// <summary>One after the other. Short of time, deaths and pauses come in pairs and all links are cut at once; else each comes alone, in an order by chance.</summary>
    public IEnumerable<Fault> Of(FaultCatalog catalog)
    {
        if (Rounds == 0)
        {
            foreach (var kind in catalog.All().GroupBy(fault => fault.Kind))
                foreach (var together in kind.Chunk(kind.Key switch { FaultKind.Link => 1, FaultKind.Cut => 6, _ => 2 }))
                    yield return Fault.Together(together);
            yield break;
        }
        var chance = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            Fault[] faults = [.. catalog.All()];
            chance.Shuffle(faults);
            foreach (var fault in faults)
                yield return fault;
        }
    }

    static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
