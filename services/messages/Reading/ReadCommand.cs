using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Reading;

/// <summary>Moves the caller's read position.</summary>
internal sealed class ReadCommand : SingleCommand<ReadPosition>
{
    ReadRow? _moved;

    public required long Seq { get; init; }
    public required bool Force { get; init; }
    public override IEnumerable<FeedName> Feeds => [Feed, FeedName.Reads(Caller)];
    public override bool WorksWhenArchived => true;

    protected override async Task<ReadPosition> DecideAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var row = batch.Reads.Of(Caller, ChannelId);
        var seq = Math.Min(Seq, batch.Transaction.LastSeq(Feed));
        if (seq == row.Seq || (seq < row.Seq && !Force))
            return row.ToContract();
        row.Seq = seq;
        row.Mentions = await batch.Transaction.Db.Mentions.CountAsync(m => m.UserId == Caller && m.ChannelId == ChannelId && m.Seq > seq, cancellation);
        batch.Reads.Changed(row);
        _moved = row;
        return row.ToContract();
    }

    public override void Settle()
    {
        // The revision was taken when the transaction stored all its read positions together.
        Result = _moved?.ToContract() ?? Result;
        base.Settle();
    }
}
