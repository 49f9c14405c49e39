namespace ChatGenius.Hosting.Doctor;

/// <summary>How a thing that was looked at stands.</summary>
public enum Health
{
    /// <summary>As it should.</summary>
    Ok,

    /// <summary>It works, and somebody should look at it.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,
}

/// <summary>What was found.</summary>
/// <param name="Health">How it stands.</param>
/// <param name="What">What was looked at, in a word or two.</param>
/// <param name="Found">What was seen.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
public sealed record Finding(Health Health, string What, string Found, string? Remedy = null)
{
    public static Finding Ok(string what, string found) => new(Health.Ok, what, found);
    public static Finding Warn(string what, string found, string remedy) => new(Health.Warn, what, found, remedy);
    public static Finding Fail(string what, string found, string remedy) => new(Health.Fail, what, found, remedy);

    /// <summary>A clock that is not ours, against ours; from 2 s apart tokens may be refused, from 30 s they are.</summary>
    /// <param name="whose">Whose it is.</param>
    /// <param name="theirs">What it said.</param>
    /// <param name="asked">Our time when it was asked.</param>
    /// <param name="answered">Our time when the answer was there: however long that took, it lies in between on a clock that is right.</param>
    public static Finding Clock(string whose, DateTimeOffset theirs, DateTimeOffset asked, DateTimeOffset answered)
    {
        var apart = theirs < asked ? asked - theirs : theirs > answered ? theirs - answered : TimeSpan.Zero;
        return apart > TimeSpan.FromSeconds(30) ? Fail("clock", Said(), "Set both clocks by a time server (chrony, systemd-timesyncd): tokens are refused by clocks that differ.")
            : apart > TimeSpan.FromSeconds(2) ? Warn("clock", Said(), "Set both clocks by a time server (chrony, systemd-timesyncd).")
            : Ok("clock", Said());

        string Said() => FormattableString.Invariant($"{whose} is {apart.TotalSeconds:0.0} s apart from this machine's");
    }
}

/// <summary>Looks at one part of a process that is not running. Does not change anything and gives up by itself within seconds.</summary>
public interface ICheck
{
    /// <summary>Looks.</summary>
    IAsyncEnumerable<Finding> LookAsync(CancellationToken cancellation);
}
