namespace ChatGenius.Specs.Ways;

public sealed class WaysSpecs
{
    /// <summary>What the backplane alone carries, and why that is enough: these specs do not run where it drops everything.</summary>
    static readonly Dictionary<Type, string> OnTheBackplaneAlone = new()
    {
        [typeof(Live.EphemeralSpecs)] = "Typing and presence are no feeds: nobody finds later what was said of them, and leases end what was missed.",
    };

    [Fact]
    public void EverySpec_RunsOnEveryWay()
    {
        var types = typeof(Spec).Assembly.GetTypes();
        foreach (var spec in types.Where(type => type.IsAbstract && type.IsSubclassOf(typeof(Spec))))
        {
            var ways = types.Where(type => type.IsSubclassOf(spec) && !type.IsAbstract)
                .Select(type => type.GetCustomAttributesData().Single(attribute => attribute.AttributeType == typeof(CollectionAttribute)).ConstructorArguments[0].Value);
            string[] wanted = OnTheBackplaneAlone.ContainsKey(spec) ? [DistributedCollection.Name, HostCollection.Name] : [DeafCollection.Name, DistributedCollection.Name, HostCollection.Name];
            Assert.Equal(wanted, ways.Order());
        }
    }
}
