namespace ChatGenius.Specs.Ways;

/// <summary>What every spec has at hand. Specs are abstract; small classes run each of them: on the host, on the separate services, and on services that hear nothing of each other.</summary>
public abstract class Spec(DeploymentFixture fixture)
{
    protected DeploymentFixture Fixture => fixture;
    protected Chat Chat => fixture.Chat;

    /// <summary>Three people who take part in many specs; what they did elsewhere must not matter.</summary>
    protected Task<Person> Ann() => fixture.PersonAsync("ann");

    /// <inheritdoc cref="Ann"/>
    protected Task<Person> Bob() => fixture.PersonAsync("bob");

    /// <inheritdoc cref="Ann"/>
    protected Task<Person> Cid() => fixture.PersonAsync("cid");

    /// <summary>Someone of this spec's own, whose channels, session and profile nobody else touches.</summary>
    protected Task<Person> Newcomer(string name = "new") => fixture.Chat.RegisterAsync(name);
}
