using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatGenius.Hosting.Databases;

/// <summary>
/// A service's own database: SQLite in a file, or PostgreSQL. Thread-safe; the contexts it opens are not.
/// </summary>
/// <typeparam name="TContext">The service's model.</typeparam>
/// <param name="name">The service's name.</param>
/// <param name="isSqlite">True on SQLite.</param>
/// <param name="open">Opens a context.</param>
/// <param name="pool">How many connections the driver opens at most: half of them, <see cref="MaxKept"/> at most, are kept open for queries and writes. 0 to keep none.</param>
/// <param name="time">The clock.</param>
public sealed class Database<TContext>(string name, bool isSqlite, Func<TContext> open, int pool, TimeProvider time) : IDisposable where TContext : DbContext
{
    /// <summary>The most connections that are kept open for queries and writes.</summary>
    public const int MaxKept = 16;

    /// <summary>How long a query or write waits for its turn: as long as the driver does for a connection.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    readonly KeptContexts<TContext>? _kept = pool > 1 ? new(Math.Min(pool / 2, MaxKept), time) : null;

    // What is kept is not given to who waits for the driver. So queries and writes wait here for each other, in their order, and never have all connections there may be: the others are for everything else.
    readonly SemaphoreSlim _turns = new(Math.Max(1, pool * 3 / 4));

    // A SQLite file has one writer. Waiting here is free; waiting for the file's lock blocks a thread and polls.
    readonly SemaphoreSlim? _oneWriter = isSqlite ? new SemaphoreSlim(1) : null;

    /// <summary>The service's name, as in <c>messages</c>.</summary>
    public string Name => name;

    /// <summary>True on SQLite, false on PostgreSQL.</summary>
    public bool IsSqlite => isSqlite;

    /// <summary>A context for reading, which holds a connection during its queries. Dispose of it.</summary>
    public TContext Open() => open();

    /// <summary>Runs reads in one snapshot of the database. They may run twice (as <see cref="WriteAsync{T}(Func{TContext, DbTransaction, Statements, Task{T}}, CancellationToken)"/>).</summary>
    public Task<T> ReadAsync<T>(Func<TContext, Task<T>> body, CancellationToken cancellation) => OnNewPlansAsync(async context =>
    {
        await using var transaction = await BeginSnapshotAsync(context, cancellation);
        var result = await body(context);
        await transaction.CommitAsync(cancellation);
        return result;
    }, cancellation);

    /// <summary>Runs one query: a snapshot by itself, in one way to the database and back.</summary>
    /// <param name="statement">Binds what it needs to the command, and gives the text.</param>
    /// <param name="row">Called for each row.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task QueryAsync(Func<DbCommand, string> statement, Action<DbDataReader> row, CancellationToken cancellation) => OnNewPlansAsync(async context =>
    {
        if (context.Database.GetDbConnection().State != ConnectionState.Open)
            await context.Database.OpenConnectionAsync(cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = statement(command);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            row(rows);
        return true;
    }, cancellation, mayKeep: true);

    /// <inheritdoc cref="WriteAsync{T}(Func{TContext, DbTransaction, Statements, Task{T}}, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<TContext, DbTransaction, Task<T>> body, CancellationToken cancellation) => WriteAsync((context, sql, _) => body(context, sql), cancellation);

    /// <summary>
    /// Runs a write transaction: immediate on SQLite, read-committed on PostgreSQL. What the body throws rolls it back. On PostgreSQL the body runs once more, in a new transaction, when the tables were
    /// changed since a connection prepared its statements.
    /// </summary>
    /// <param name="body">Gets the context, the transaction, and the statements that go to the database with the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public async Task<T> WriteAsync<T>(Func<TContext, DbTransaction, Statements, Task<T>> body, CancellationToken cancellation)
    {
        if (_oneWriter is not null)
            await _oneWriter.WaitAsync(cancellation);
        try
        {
            return await OnNewPlansAsync(async context =>
            {
                if (context.Database.GetDbConnection().State != ConnectionState.Open)
                    await context.Database.OpenConnectionAsync(cancellation);
                var tracking = context.ChangeTracker.QueryTrackingBehavior;
                await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
                var sql = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction);
                var last = new Statements(sql);
                var result = await body(context, sql, last);
                await last.CommitAsync();
                // The next one on this context knows nothing of what this one read and wrote.
                context.ChangeTracker.Clear();
                context.ChangeTracker.QueryTrackingBehavior = tracking;
                return result;
            }, cancellation, mayKeep: true);
        }
        finally
        {
            _oneWriter?.Release();
        }
    }

    /// <summary>Gives back what is kept.</summary>
    public void Dispose() => _kept?.LetGo();

    // A newer instance may change a column under the statements that this one's connections have prepared. PostgreSQL refuses each of them before it does anything ("cached plan must not change result
    // type"), on every connection that has it, so those are let go, and a new one does the whole once more.
    async Task<T> OnNewPlansAsync<T>(Func<TContext, Task<T>> body, CancellationToken cancellation, bool mayKeep = false)
    {
        try
        {
            return mayKeep && _kept is not null ? await InTurnAsync(_kept, body, cancellation) : await OnceAsync(Open(), body);
        }
        catch (Exception failure) when (failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" })
        {
            var context = Open();
            NpgsqlConnection.ClearPool((NpgsqlConnection)context.Database.GetDbConnection());
            _kept?.LetGo();
            return await OnceAsync(context, body);
        }
    }

    // Contexts whose connection was opened here are disposed of synchronously: as they go back to their pool, only that makes EF Core forget the opening (ResetStateAsync of 10.0 closes the connection and
    // still counts it as opened). Whoever took such a context next would hold a connection from its first query to its end.
    static async Task<T> OnceAsync<T>(TContext context, Func<TContext, Task<T>> body)
    {
        using (context)
            return await body(context);
    }

    async Task<T> InTurnAsync<T>(KeptContexts<TContext> kept, Func<TContext, Task<T>> body, CancellationToken cancellation)
    {
        if (!await _turns.WaitAsync(s_patience, cancellation))
            throw new NpgsqlException($"No connection to the database of {name} was free for a query or write within {s_patience.TotalSeconds:0} s. Raise Maximum Pool Size, or find out what is slow.", new TimeoutException());
        try
        {
            return await KeepingAsync(kept, body);
        }
        finally
        {
            _turns.Release();
        }
    }

    // A connection is kept only when what it did succeeded. What broke one is likely to have broken the others, too.
    async Task<T> KeepingAsync<T>(KeptContexts<TContext> kept, Func<TContext, Task<T>> body)
    {
        var context = kept.Take() ?? Open();
        T result;
        try
        {
            result = await body(context);
        }
        catch
        {
            if (context.Database.GetDbConnection().State != ConnectionState.Open)
                kept.LetGo();
            context.Dispose();
            throw;
        }
        kept.Keep(context);
        return result;
    }

    async Task<DbTransaction> BeginSnapshotAsync(TContext context, CancellationToken cancellation)
    {
        await context.Database.OpenConnectionAsync(cancellation);
        var connection = context.Database.GetDbConnection();
        var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await context.Database.UseTransactionAsync(transaction, cancellation);
        return transaction;
    }
}
