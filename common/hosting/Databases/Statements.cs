using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ChatGenius.Hosting.Databases;

/// <summary>
/// Statements of a transaction that go to the database together: on PostgreSQL as one command, since each way there and back costs more than most statements do; on SQLite, which is in the process, each
/// by itself, since there every parameter of a command is looked up by name in every statement of it. Not thread-safe.
/// </summary>
/// <param name="transaction">The transaction.</param>
public sealed class Statements(DbTransaction transaction)
{
    readonly bool _apart = transaction is SqliteTransaction;
    readonly List<Func<DbDataReader, CancellationToken, Task>?> _readers = [];
    readonly List<(DbCommand Command, Array[] Columns)> _commands = [];
    readonly StringBuilder _text = new();
    readonly DbCommand _command = transaction.Command("");

    /// <summary>Adds a query.</summary>
    /// <param name="statement">Binds what it needs to the command, after what is bound, and gives the text.</param>
    /// <param name="row">Called for each row, once they are run.</param>
    public void Ask(Func<DbCommand, string> statement, Action<DbDataReader> row) => Add(statement, [], async (reader, cancellation) =>
    {
        while (await reader.ReadAsync(cancellation))
            row(reader);
    });

    /// <summary>Adds a statement that stores rows: one for all of them on PostgreSQL; on SQLite one that is prepared once and run for each row.</summary>
    /// <param name="statement">Gives the text around a query that returns rows, whose text it is given.</param>
    /// <param name="columns">The rows, a column at a time: arrays of the same length; at least one row.</param>
    public void Store(Func<string, string> statement, params Array[] columns) => Store(statement, "", columns);

    /// <summary>Adds a statement that stores rows which have something in common.</summary>
    /// <param name="statement">Gives the text around a query that returns rows, whose text it is given.</param>
    /// <param name="common">What each row ends with, as SQL: it is neither sent nor bound for each of them.</param>
    /// <param name="columns">What differs, a column at a time: arrays of the same length; at least one row.</param>
    public void Store(Func<string, string> statement, string common, params Array[] columns) =>
        Add(command => statement(_apart ? command.Row(common, columns) : command.Rows(common, columns)), columns, null);

    /// <summary>Runs them in the order in which they were added, each on what the database holds then; nothing when there are none.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var command = _command;
        if (_apart)
            for (var i = 0; i < _commands.Count; i++)
                await RunAsync(_commands[i].Command, _commands[i].Columns, _readers[i], cancellation);
        else if (_readers.Count > 0)
            await RunTogetherAsync(command, cancellation);
    }

    /// <summary>
    /// Runs them and commits the transaction; on PostgreSQL together, and when one fails, nothing is committed. From here on it is not given up half-way: who asked learns what became of it.
    /// </summary>
    public async Task CommitAsync()
    {
        if (_apart || _readers.Count == 0)
        {
            await RunAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }
        // What comes after a statement that failed is not run.
        Add(_ => "COMMIT", [], null);
        await RunAsync(CancellationToken.None);
    }

    async Task RunTogetherAsync(DbCommand command, CancellationToken cancellation)
    {
        command.CommandText = _text.ToString();
        if (_readers.TrueForAll(reader => reader is null))
        {
            await command.ExecuteNonQueryAsync(cancellation);
            return;
        }
        // Only queries have results; statements among them are passed over by the reader.
        await using var results = await command.ExecuteReaderAsync(cancellation);
        foreach (var read in _readers)
            if (read is not null)
            {
                await read(results, cancellation);
                await results.NextResultAsync(cancellation);
            }
    }

    static async Task RunAsync(DbCommand statement, Array[] columns, Func<DbDataReader, CancellationToken, Task>? read, CancellationToken cancellation)
    {
        await using var command = statement;
        if (read is not null)
        {
            await using var results = await command.ExecuteReaderAsync(cancellation);
            await read(results, cancellation);
            return;
        }
        for (var row = 0; row < columns[0].Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                command.Parameters[column].Value = columns[column].GetValue(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    void Add(Func<DbCommand, string> statement, Array[] columns, Func<DbDataReader, CancellationToken, Task>? reader)
    {
        _readers.Add(reader);
        if (_apart)
        {
            var command = transaction.Command("");
            command.CommandText = statement(command);
            _commands.Add((command, columns));
            return;
        }
        if (_text.Length > 0)
            _text.Append(";\n");
        _text.Append(statement(_command));
    }
}
