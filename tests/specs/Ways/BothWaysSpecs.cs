namespace ChatGenius.Specs.Ways;

public sealed class BothWaysSpecs
{
    [Fact]
    public void EverySpec_RunsOnBothWays()
    {
        var types = typeof(Spec).Assembly.GetTypes();
        foreach (var spec in types.Where(type => type.IsAbstract && type.IsSubclassOf(typeof(Spec))))
        {
            var ways = types.Where(type => type.IsSubclassOf(spec) && !type.IsAbstract)
                .Select(type => type.GetCustomAttributesData().Single(attribute => attribute.AttributeType == typeof(CollectionAttribute)).ConstructorArguments[0].Value);
            Assert.Equal([DistributedCollection.Name, HostCollection.Name], ways.Order());
        }
    }
}
