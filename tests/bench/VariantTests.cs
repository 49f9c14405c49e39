using ChatGenius.Bench.Systems;
using Xunit;

namespace ChatGenius.BenchTests;

public sealed class VariantTests
{
    [Fact]
    public void Parse_TakesSettingsAndTheTreeApart()
    {
        var variant = Variant.Parse("before:tree=/elsewhere,DOTNET_gcServer=1,ChatGenius__PublicUrl=http://a?b=c");

        Assert.Equal(("before", "/elsewhere"), (variant.Name, variant.Tree));
        Assert.Equal([new("DOTNET_gcServer", "1"), new("ChatGenius__PublicUrl", "http://a?b=c")], variant.Environment);
    }

    [Theory]
    [InlineData("DOTNET_gcServer=1")]
    [InlineData(":DOTNET_gcServer=1")]
    public void Parse_WithoutAName_SaysTheForm(string text) => Assert.Contains("NAME:SETTING=VALUE", Assert.Throws<FormatException>(() => Variant.Parse(text)).Message, StringComparison.Ordinal);
}
