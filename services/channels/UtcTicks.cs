using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatGenius.Channels;

/// <summary>How times are stored: as UTC ticks, which both providers can order.</summary>
internal static class UtcTicks
{
    public static ValueConverter<DateTimeOffset, long> Converter { get; } = new(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
