using Xunit;

namespace ChatGenius.ClientTests.Vectors;

/// <summary>The scripts that every client must pass.</summary>
public sealed class VectorTests
{
    public static TheoryData<string> Names => [.. Vector.All.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_EveryStep_EndsAsWritten(string name) => new VectorRun(Vector.All.Single(v => v.Name == name)).Run();
}
