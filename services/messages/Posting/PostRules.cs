namespace ChatGenius.Messages.Posting;

/// <summary>What a message's body must be.</summary>
internal static class PostRules
{
    public static void CheckText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw ProblemException.Field("text", "is empty");
        if (JsonText.Length(text) > Limits.TextLength)
            throw ProblemException.Field("text", $"is longer than {Limits.TextLength} characters");
    }

    public static void CheckFence(Fence? members)
    {
        if (members is { } fence && (fence.Epoch < 0 || fence.Revision < 0))
            throw ProblemException.Field("members", "is not a position: epoch and revision are whole numbers of 0 or more");
    }
}
