using System.Globalization;

namespace ChatGenius.Host.Seeding;

/// <summary>Somebody who is there in the demo.</summary>
internal sealed record DemoPerson(string Username, string DisplayName, string Status);

/// <summary>A channel of the demo; a direct one has no name and is called by its people.</summary>
internal sealed record DemoChannel(string Key, string Kind, string Name, string Topic, IReadOnlyList<string> Members);

/// <summary>A message of the demo with what became of it.</summary>
internal sealed record DemoMessage(DateTimeOffset At, string Author, string Channel, string Text)
{
    public List<(string Author, string Text)> Replies { get; } = [];
    public List<(string Emoji, string[] Authors)> Reactions { get; } = [];
    public bool Pinned { get; set; }
}

/// <summary>What is said in the demo workspace; read from <c>workspace.txt</c>, which explains its form itself.</summary>
internal sealed class DemoScript
{
    const string Bot = "builds";
    static readonly TimeSpan s_betweenBuilds = TimeSpan.FromMinutes(47);

    public List<DemoPerson> People { get; } = [];
    public List<DemoChannel> Channels { get; } = [];

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<DemoMessage> Messages { get; }

    DemoScript(DateTimeOffset now)
    {
        var messages = new List<DemoMessage>();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        int? day = null;
        foreach (var line in Lines())
            if (line.StartsWith("  ", StringComparison.Ordinal))
                Add(messages[^1], line.Trim());
            else if (Words(line, 2) is [var head, var rest] && !TakeHeading(head, rest, ref day))
                messages.Add(Message(day is { } ago ? midnight.AddDays(-ago).Add(TimeSpan.Parse(head, CultureInfo.InvariantCulture)) : now.AddMinutes(-int.Parse(head, CultureInfo.InvariantCulture)), rest));
            else if (line == "today")
                day = null;
        messages.AddRange(Builds(messages[0].At, now.AddMinutes(-20)));
        Messages = [.. messages.OrderBy(m => m.At)];
    }

    public static DemoScript Read(DateTimeOffset now) => new(now);

    bool TakeHeading(string head, string rest, ref int? day)
    {
        var parts = rest.Split('|', StringSplitOptions.TrimEntries);
        switch (head)
        {
            case "person":
                People.Add(new DemoPerson(parts[0], parts[1], parts[2]));
                return true;
            case "channel":
                Channels.Add(new DemoChannel("#" + parts[0], parts[1], parts[0], parts[2], parts[3].Split(' ')));
                return true;
            case "direct":
                Channels.Add(new DemoChannel("@" + rest.Replace(' ', ','), "direct", "", "", rest.Split(' ')));
                return true;
            case "day":
                day = int.Parse(rest, CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }

    static DemoMessage Message(DateTimeOffset at, string rest) => Words(rest, 3) is [var author, var channel, var text]
        ? new DemoMessage(at, author, channel, text.Replace("\\n", "\n", StringComparison.Ordinal))
        : throw new FormatException($"This is no message: {rest}");

    static void Add(DemoMessage message, string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case ">":
                message.Replies.Add((words[1], string.Join(' ', words[2..])));
                break;
            case "+":
                message.Reactions.Add((words[1], words[2..]));
                break;
            case "pin":
                message.Pinned = true;
                break;
        }
    }

    // A machine that talks a lot, as they do.
    static IEnumerable<DemoMessage> Builds(DateTimeOffset from, DateTimeOffset to)
    {
        var number = 1482;
        for (var at = from.AddMinutes(11); at < to; at += s_betweenBuilds, number++)
            yield return new DemoMessage(at, Bot, "#builds", number % 23 == 0
                ? $"❌ Build **#{number}** of `main` failed: 1 of 1,204 tests. It is being tried again."
                : $"✅ Build **#{number}** of `main` passed in {3 + number % 3} min {number * 7 % 60} s");
    }

    static string[] Words(string line, int count) => line.Split(' ', count);

    static IEnumerable<string> Lines()
    {
        using var stream = typeof(DemoScript).Assembly.GetManifestResourceStream("workspace.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                yield return line;
    }
}
