using ChatGenius.Bench.Checking;
using Xunit;

namespace ChatGenius.BenchTests;

/// <summary>A run that went wrong has no figures: what is lost, comes twice or out of order is seen.</summary>
public sealed class AuditTests
{
    readonly Ledger _ledger = new(channels: 2);
    readonly Deliveries _deliveries = new();

    [Fact]
    public async Task EverythingOnceAndInOrder_Passes()
    {
        Acknowledge(1, 2, 3);

        await Audit.CheckAsync(_ledger, [Had(1, 2, 3), Had(1, 2, 3)], oneOrder: true, TimeSpan.Zero);
        Assert.Equal(6, _deliveries.Count);
    }

    [Theory]
    [InlineData("lost", 1, 3)]
    [InlineData("lost at the end", 1, 2)]
    [InlineData("twice", 1, 2, 2, 3)]
    [InlineData("out of order", 2, 1, 3)]
    [InlineData("another in its place", 1, 2, 4)]
    [InlineData("never sent", 1, 2, 3, 4)]
    public async Task AnythingElse_IsWrong(string what, params int[] had)
    {
        Acknowledge(1, 2, 3);

        await Assert.ThrowsAsync<WrongResultException>(() => Audit.CheckAsync(_ledger, [Had(1, 2, 3), Had(had)], oneOrder: true, TimeSpan.Zero));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task SendersInAnotherOrderForEach_IsWrong_WhereOneOrderIsPromised()
    {
        Acknowledge(1, 2);
        var one = new Tally([0], 2, _deliveries);
        one.Had(new Marker(0, 1, 0, Sender: 0));
        one.Had(new Marker(0, 2, 0, Sender: 1));
        var other = new Tally([0], 2, _deliveries);
        other.Had(new Marker(0, 2, 0, Sender: 1));
        other.Had(new Marker(0, 1, 0, Sender: 0));

        await Audit.CheckAsync(_ledger, [one, other], oneOrder: false, TimeSpan.Zero);
        await Assert.ThrowsAsync<WrongResultException>(() => Audit.CheckAsync(_ledger, [one, other], oneOrder: true, TimeSpan.Zero));
    }

    void Acknowledge(params int[] ids)
    {
        foreach (var id in ids)
            _ledger.Acknowledged(0, id);
    }

    Tally Had(params int[] ids)
    {
        var tally = new Tally([0, 1], 1, _deliveries);
        foreach (var id in ids)
            tally.Had(new Marker(0, id, 0, 0));
        return tally;
    }
}
