namespace ChatGenius.Feeds;

/// <summary>
/// Deliberate bugs, each of which breaks an invariant of delivery. They exist so that tests can show that they would notice: a class that holds a rule takes one as an internal
/// constructor parameter, which no setting reaches, and is otherwise built without.
/// </summary>
internal enum Bug
{
    None,

    // The owner of feeds.
    RevisionsFromASequence,
    LockAfterReading,
    RowsReadBeforeTheHead,
    FenceReadFirst,
    PublishBeforeCommit,
    AcknowledgeBeforeCommit,
    SendsRememberedInMemory,
    MembersPositionIgnored,
    FutureBelieved,
    EpochUsedTwice,

    // Readers.
    GapApplied,
    EpochTakenWithoutReset,
    LateResetTaken,
    SetAsideForgotten,
    EpochApartFromPosition,
    MergedAcrossAGap,

    // Followers.
    NoTick,
    EpochsNotCompared,

    // The realtime instance.
    SubscribedAfterReading,
    RegisteredAfterReading,
    HeadFromTheLastEvent,
    FenceCheckedWhereConsumed,
    RefusalFromAStaleCopy,
    OverflowForgotten,
    WakeUpLost,
    FanOutAwaited,
    WindowServedBeyondItsStart,
    ExpiryIgnored,
    RevocationIgnored,
    RevocationMissedAtOpening,

    // The client.
    LatePageTaken,
    AnswerTakenAcrossAReset,
    OlderOverwritesNewer,
}
