namespace ChatGenius.Histories.Rules;

/// <summary>9: every resume ends in continued, reset or denied, and it is what happened.</summary>
internal static class Continuity
{
    public static IEnumerable<Violation> Check(History history) => [.. Untrue(history.Log), .. Unanswered(history.Log)];

    /// <summary>Those that have no outcome by the end of the log, on connections that are not lost.</summary>
    public static IEnumerable<Violation> Unanswered(IEnumerable<Observation> log)
    {
        var (open, gone) = (new Dictionary<(string Client, string Feed), long>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var seen in log)
            switch (seen)
            {
                case ConnectionOpened opened:
                    gone.Remove(opened.Client);
                    break;
                case ConnectionClosed closed:
                    gone.Add(closed.Client);
                    break;
                case ResumeBegan began:
                    open[(began.Client, began.Feed)] = began.At;
                    break;
                case ResumeEnded { Outcome: not ResumeOutcome.Failed } ended:
                    open.Remove((ended.Client, ended.Feed));
                    break;
            }
        return open.Where(left => !gone.Contains(left.Key.Client)).Select(left => new Violation(9, "A resume has no outcome.", left.Key.Feed, left.Key.Client, left.Value));
    }

    static IEnumerable<Violation> Untrue(IEnumerable<Observation> log)
    {
        var open = new Dictionary<(string Client, string Feed), Resume>();
        var stands = new Dictionary<(string, string), Place>();
        foreach (var seen in log)
            switch (seen)
            {
                case ResumeBegan began:
                    open[(began.Client, began.Feed)] = new Resume(stands.GetValueOrDefault((began.Client, began.Feed)));
                    break;
                case DeltaApplied delta:
                    stands[(delta.Client, delta.Feed)] = new Place(delta.Epoch, delta.To);
                    if (delta.Reset && open.TryGetValue((delta.Client, delta.Feed), out var during))
                        during.WasReset = true;
                    break;
                case ResumeEnded { Outcome: not ResumeOutcome.Failed } ended when open.Remove((ended.Client, ended.Feed), out var resume):
                    if (ended.Outcome == ResumeOutcome.Continued && resume is { WasReset: true, From.Epoch: > 0 })
                        yield return new Violation(9, $"A resume from {resume.From} was a reset and is called continued.", ended.Feed, ended.Client, ended.At);
                    else if (ended.Outcome == ResumeOutcome.Reset && !resume.WasReset && stands.ContainsKey((ended.Client, ended.Feed)))
                        yield return new Violation(9, $"A resume from {resume.From} is called a reset and nothing was dropped.", ended.Feed, ended.Client, ended.At);
                    break;
            }
    }

    sealed class Resume(Place from)
    {
        public Place From => from;
        public bool WasReset { get; set; }
    }
}
