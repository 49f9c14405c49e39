namespace ChatGenius.Specs.Talking;

/// <summary>A channel's addresses and feeds.</summary>
public sealed record Channel(Guid Id)
{
    public string Path => $"/api/v1/channels/{Id}";
    public string Messages => $"channels/{Id}/messages";
    public string Members => $"channels/{Id}/members";
    public string Message(JsonElement message) => $"{Path}/messages/{message.Text("id")}";
}
