namespace ChatGenius.TestSupport.Servers;

/// <summary>A server that the tests need is not there; the message says what to do about it.</summary>
public sealed class ServersMissingException(string message) : Exception(message);
