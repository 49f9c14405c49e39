namespace ChatGenius.Contracts.Errors;

/// <summary>An error that a client may meet, with what to do about it.</summary>
/// <param name="Code">Stable; what a program compares.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Title">One sentence for people.</param>
/// <param name="Remedy">What the caller can do.</param>
public sealed record ErrorCode(string Code, int Status, string Title, string Remedy);

/// <summary>The catalogue of errors, published at <c>GET /api/v1/errors</c>.</summary>
public static class ErrorCodes
{
    // 400
    public static readonly ErrorCode Invalid = new("invalid", 400, "The request is not valid.", "Mend what `errors` names and send it again.");
    public static readonly ErrorCode MalformedJson = new("malformed_json", 400, "The body is not well-formed JSON.", "Send one JSON object in UTF-8.");
    public static readonly ErrorCode InvalidLimit = new("invalid_limit", 400, "The limit is not between 1 and 200.", "Ask for 1 to 200 items.");
    public static readonly ErrorCode InvalidCursor = new("invalid_cursor", 400, "The cursor is not one that was given out.", "Pass `next` of the page before, or none.");
    public static readonly ErrorCode UserIdNotAccepted = new("user_id_not_accepted", 400, "A user id was sent beside the token.", "Send the access token alone; it says who you are.");

    // 401
    public static readonly ErrorCode Unauthenticated = new("unauthenticated", 401, "The call needs an access token.", "Send `Authorization: Bearer <token>` with a token from POST /connect/token.");
    public static readonly ErrorCode TokenMalformed = new("token_malformed", 401, "The access token is not in its proper form.", "Send exactly the token: no quotes, no spaces, `Bearer` once.");
    public static readonly ErrorCode TokenInvalid = new("token_invalid", 401, "The access token was not issued here or was changed.", "Sign in again.");
    public static readonly ErrorCode TokenExpired = new("token_expired", 401, "The access token has expired.", "Get a new one with the refresh token.");
    public static readonly ErrorCode SessionEnded = new("session_ended", 401, "The session of this token has ended.", "Sign in again.");
    public static readonly ErrorCode TicketInvalid = new("ticket_invalid", 401, "The ticket is unknown, too old or was used before.", "Get a new one from POST /api/v1/realtime/ticket.");

    // 403, 404, 405
    public static readonly ErrorCode Forbidden = new("forbidden", 403, "Your role does not allow this.", "Ask someone whose role does.");
    public static readonly ErrorCode NotAMember = new("not_a_member", 403, "You are not a member of this channel.", "Join it, or ask to be invited.");
    public static readonly ErrorCode RegistrationClosed = new("registration_closed", 403, "Registration is closed.", "Ask an administrator for an account.");
    public static readonly ErrorCode ChannelArchived = new("channel_archived", 403, "The channel is archived.", "Have it brought back first.");
    public static readonly ErrorCode NotFound = new("not_found", 404, "There is nothing here that you may know of.", "Check the address and that you may see it.");
    public static readonly ErrorCode MethodNotAllowed = new("method_not_allowed", 405, "This address does not take that method.", "See /docs for the methods it takes.");

    // 409
    public static readonly ErrorCode UsernameTaken = new("username_taken", 409, "The user name is taken.", "Choose another.");
    public static readonly ErrorCode NameTaken = new("name_taken", 409, "A channel has this name.", "Choose another.");
    public static readonly ErrorCode LastOwner = new("last_owner", 409, "The channel would be left without an owner.", "Make someone else an owner first.");
    public static readonly ErrorCode ClientIdConflict = new("client_id_conflict", 409, "This clientId was used with another body.", "Use a new clientId for a new command.");
    public static readonly ErrorCode MessageDeleted = new("message_deleted", 409, "The message has been deleted.", "Nothing; it cannot be changed any more.");

    // 413, 415, 429
    public static readonly ErrorCode TooLarge = new("too_large", 413, "The request is too large.", "See GET /api/v1/config for the limits.");
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported_media_type", 415, "The body is not of a type that is understood here.", "Send `Content-Type: application/json`.");
    public static readonly ErrorCode RateLimited = new("rate_limited", 429, "Too many requests.", "Wait for as long as `Retry-After` says.");

    // 499, 500, 503
    public static readonly ErrorCode Internal = new("internal", 500, "Something went wrong here.", "Try again; if it stays, give the operator the traceId.");
    public static readonly ErrorCode Unavailable = new("unavailable", 503, "Something that this call needs is away.", "Try again after `Retry-After`.");
    public static readonly ErrorCode Starting = new("starting", 503, "The service is starting.", "Try again after `Retry-After`.");
    public static readonly ErrorCode Overloaded = new("overloaded", 503, "The service has more to do than it can.", "Try again after `Retry-After`.");
    public static readonly ErrorCode MembersBehind = new("members_behind", 503, "The channel's memberships cannot be brought up to date.", "Try again after `Retry-After`; nothing was accepted.");
    public static readonly ErrorCode StorageFailed = new("storage_failed", 503, "The data could not be stored.", "Try again after `Retry-After`; the operator should look at the disk and the database.");

    // sync and hub
    public static readonly ErrorCode UnknownFeed = new("unknown_feed", 400, "There is no such feed.", "See the list of feeds in the protocol.");
    public static readonly ErrorCode Malformed = new("malformed", 400, "The position or argument is malformed.", "Send whole numbers of 0 or more, and a known mode.");
    public static readonly ErrorCode PositionAhead = new("position_ahead", 409, "The position lies beyond the feed's head.", "Drop what is held and sync from nothing.");
    public static readonly ErrorCode Superseded = new("superseded", 409, "A newer Sync of this connection took its place.", "Nothing; the newer one answers.");
    public static readonly ErrorCode TooManyFeeds = new("too_many_feeds", 400, "Too many feeds in one call.", "Sync at most 500 feeds at a time.");

    /// <summary>Every error there is, by code.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [.. typeof(ErrorCodes).GetFields().Select(f => f.GetValue(null)).OfType<ErrorCode>().OrderBy(e => e.Code, StringComparer.Ordinal)];
}
