using System.Security.Claims;
using ChatGenius.Contracts.Internal;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Problems;
using ChatGenius.Hosting.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.IdentityTests.AccessTokens;

/// <summary>The validator of a service, with an identity service that the test plays.</summary>
internal sealed class Validation : TimeProvider, ISigningKeys, ISessionEnds, IDisposable
{
    readonly DatabaseStartGate _gate;
    readonly EndedSessionWatch _sessions;
    readonly AccessTokenValidator _validator;
    readonly Lazy<Task> _started;

    public Validation()
    {
        _gate = new DatabaseStartGate([], TimeProvider.System, NullLogger<DatabaseStartGate>.Instance);
        _sessions = new EndedSessionWatch(this, _gate, TimeProvider.System, NullLogger<EndedSessionWatch>.Instance);
        _validator = new AccessTokenValidator(this, _sessions, Options.Create(new ChatGeniusSettings { PublicUrl = Golden.All.Issuer }), this);
        _started = new Lazy<Task>(StartAsync);
    }

    /// <summary>The keys that are held.</summary>
    public IReadOnlyList<SecurityKey> Held { get; private set; } = Golden.Held;

    /// <summary>The keys that there are; null when the identity service is away.</summary>
    public IReadOnlyList<SecurityKey>? Published { get; set; } = [.. Golden.Held, .. Golden.Next];

    /// <summary>How often the keys were asked for anew.</summary>
    public int Refreshes { get; private set; }

    /// <summary>How long after the tokens were issued it is.</summary>
    public TimeSpan After { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>True while the identity service does not say which sessions have ended.</summary>
    public bool IsSilentAboutEnds { get; set; }

    /// <summary>The session that has ended.</summary>
    public string? Ended { get; set; }

    /// <summary>What is said of a token: a code, or null when it is good.</summary>
    public async Task<string?> SayAsync(string token)
    {
        try
        {
            await ValidateAsync(token);
            return null;
        }
        catch (ProblemException refusal)
        {
            return refusal.Error.Code;
        }
    }

    public async Task<ClaimsPrincipal> ValidateAsync(string token)
    {
        await _started.Value;
        return await _validator.ValidateAsync(token, CancellationToken.None);
    }

    /// <summary>Whom a token speaks for, whether or not that is over.</summary>
    public async Task<ClaimsPrincipal> IdentifyAsync(string token)
    {
        await _started.Value;
        return await _validator.IdentifyAsync(token, CancellationToken.None);
    }

    /// <summary>Has the service learn which sessions have ended.</summary>
    public async Task LearnOfEndsAsync()
    {
        var learned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sessions.Ended += session => learned.TrySetResult();
        await _started.Value;
        if (!_sessions.HasEnded(Ended!))
            await learned.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until the service has been told which sessions have ended.</summary>
    public Task LearnOfNoEndsAsync() => _sessions.WaitUntilKnownAsync(CancellationToken.None).AsTask();

    async Task StartAsync()
    {
        await _gate.StartAsync(CancellationToken.None);
        await _sessions.StartAsync(CancellationToken.None);
    }

    public override DateTimeOffset GetUtcNow() => Golden.All.IssuedAt + After;

    public ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(Held);

    public ValueTask<IReadOnlyList<SecurityKey>> RefreshAsync(CancellationToken cancellation)
    {
        Refreshes++;
        return ValueTask.FromResult(Held = Published ?? throw new HttpRequestException("The identity service is away."));
    }

    public Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) => IsSilentAboutEnds ? throw new HttpRequestException("The identity service is away.") : Task.FromResult(new EndedSessions
    {
        Items = Ended is null ? [] : [new EndedSession { Number = 1, SessionId = Ended, ForgetAt = DateTimeOffset.MaxValue }],
    });

    public void Dispose()
    {
        _sessions.Dispose();
        _gate.Dispose();
    }
}
