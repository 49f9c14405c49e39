using System.Globalization;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Histories;

namespace ChatGenius.FeedsTests.Histories;

/// <summary>A small run in which nothing went wrong: Ann posts five messages and Bob holds them all. Each test changes one thing.</summary>
internal sealed class Run
{
    public static readonly Guid Ann = Id(1);
    public static readonly Guid Bob = Id(2);
    public static readonly Guid Channel = Id(3);
    public static readonly string Feed = FeedName.Messages(Channel).ToString();

    public HistoryLog Log { get; } = new();
    public List<StoredMessage> Stored { get; } = [];
    public List<Entity> Entities { get; } = [];
    public List<Entity> HeldByBob { get; set; } = [];
    public Place BobStands { get; set; }
    public long Floor { get; set; } = 1;
    public long Epoch { get; set; } = 1;
    public bool BobMayRead { get; set; } = true;
    public long? Head { get; set; }

    public Run(int messages = 5)
    {
        Log.Add(new ConnectionOpened(1, "bob", Bob, "session"));
        Resume(2, ResumeOutcome.Continued, Delta(3, 0, 0, reset: true));
        for (var seq = 1; seq <= messages; seq++)
        {
            Post(seq, 10 * seq);
            Log.Add(Delta(10 * seq + 5, seq - 1, seq));
        }
        HeldByBob = [.. Entities];
        BobStands = new(1, messages);
    }

    public static Guid Id(int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{number:d12}"));

    public static Guid MessageId(int seq) => Id(1000 + seq);

    public static Guid ClientId(int seq) => Id(2000 + seq);

    public static Entity Message(int seq, long? revision = null) => new(MessageId(seq).ToString("D"), revision ?? seq, (ulong)(revision ?? seq), seq);

    public static SendAcknowledged Acknowledged(long at, int seq, int? message = null) => new(at, Ann, ClientId(seq), Channel, MessageId(message ?? seq), message ?? seq, message ?? seq);

    public static DeltaApplied Delta(long at, long from, long to, bool reset = false, long epoch = 1, Place? fence = null, Entity[]? items = null, string client = "bob", long? floor = null) =>
        new(at, client, Bob, Feed, epoch, from, to, reset, floor ?? (reset ? 1 : null), fence ?? new Place(1, 1), items ?? [.. Enumerable.Range((int)from + 1, (int)(to - from)).Select(seq => Message(seq))]);

    /// <summary>Ann posts, is answered, and the owner holds it.</summary>
    public void Post(int seq, long at, Place members = default)
    {
        Log.Add(new SendAttempted(at, Ann, ClientId(seq), Channel, "text " + seq, members));
        Log.Add(Acknowledged(at + 2, seq));
        Stored.Add(new StoredMessage(MessageId(seq), seq, seq, Ann, ClientId(seq), "text " + seq));
        Entities.Add(Message(seq));
    }

    public void Resume(long at, ResumeOutcome outcome, params Observation[] between)
    {
        Log.Add(new ResumeBegan(at, "bob", Feed));
        foreach (var seen in between)
            Log.Add(seen);
        Log.Add(new ResumeEnded(at + 3, "bob", Feed, outcome));
    }

    /// <summary>The numbers of the invariants that the checker finds violated.</summary>
    public int[] Violated() => [.. Violations().Select(violation => violation.Invariant).Distinct().Order()];

    public IReadOnlyList<Violation> Violations() => HistoryChecker.Check(
        Log.Snapshot(),
        Truth.Of([new FeedTruth(Feed, Epoch, Head ?? Entities.Select(entity => entity.Revision).DefaultIfEmpty(0).Max(), Entities, Stored)]),
        [new Held("bob", Bob, Feed, BobStands, Floor, HeldByBob, BobMayRead)]);
}
