using ChatGenius.Realtime;
using ChatGenius.Realtime.Connections;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public class TokenTermTests
{
    static readonly DateTimeOffset s_end = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-61, false, nameof(TokenNeed.Nothing))]
    [InlineData(-60, false, nameof(TokenNeed.Nothing))]
    [InlineData(-59, false, nameof(TokenNeed.Notice))]
    [InlineData(-59, true, nameof(TokenNeed.Nothing))]
    [InlineData(0, false, nameof(TokenNeed.Notice))]
    [InlineData(10, true, nameof(TokenNeed.Nothing))]
    [InlineData(11, true, nameof(TokenNeed.Close))]
    [InlineData(11, false, nameof(TokenNeed.Close))]
    public void At_SecondsFromTheEnd_IsWhatIsNeeded(int seconds, bool told, string need)
    {
        var settings = new RealtimeSettings { ExpiryNotice = TimeSpan.FromSeconds(60), ExpiryGrace = TimeSpan.FromSeconds(10) };

        Assert.Equal(need, new TokenTerm(s_end, told).At(s_end.AddSeconds(seconds), settings).ToString());
    }
}
