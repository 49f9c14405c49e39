using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

/// <summary>What ended a line, told from what was thrown or said. Pure.</summary>
internal static class LineEnds
{
    /// <summary>Of a line that broke or could not be opened; null for one that just closed.</summary>
    public static LineEnd Of(Exception? failure) => new(CauseOf(failure), failure is null ? "closed" : $"{failure.GetType().Name}: {failure.Message}");

    /// <summary>Of a line that the server closed with a code.</summary>
    public static LineEnd Of(ConnectionClosing closing) => new(closing.Code switch
    {
        CloseCode.Expired => ConnectionCause.Expired,
        CloseCode.SessionEnded => ConnectionCause.SessionEnded,
        CloseCode.Stalled => ConnectionCause.Stalled,
        CloseCode.Draining => ConnectionCause.Draining,
        CloseCode.TooMany => ConnectionCause.TooMany,
        CloseCode.ProtocolError => ConnectionCause.ProtocolError,
        _ => ConnectionCause.OtherCode,
    }, $"{closing.Code}: {closing.Reason}");

    static ConnectionCause CauseOf(Exception? failure) => failure switch
    {
        _ when failure is not null && TokenKeeper.SaysEnded(failure) => ConnectionCause.SessionEnded,
        ChatApiException { Status: HttpStatusCode.Unauthorized } or HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => ConnectionCause.Unauthenticated,
        ChatApiException or HttpRequestException { StatusCode: not null } => ConnectionCause.Unavailable,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ConnectionCause.NameUnknown,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => ConnectionCause.NameUnknown,
        HttpRequestException => ConnectionCause.Unreachable,
        TimeoutException => ConnectionCause.Silent,
        _ => ConnectionCause.Lost,
    };
}
