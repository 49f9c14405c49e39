using System.Data.Common;
using System.Text;

namespace ChatGenius.Hosting.Databases;

/// <summary>Statements of a transaction that go to the database together, since each way there and back costs more than most statements do. Not thread-safe.</summary>
/// <param name="transaction">The transaction.</param>
public sealed class Statements(DbTransaction transaction)
{
    readonly List<Func<DbDataReader, CancellationToken, Task>?> _readers = [];
    readonly StringBuilder _text = new();
    readonly DbCommand _command = transaction.Command("");

    /// <summary>Adds a statement that returns nothing.</summary>
    /// <param name="statement">Binds what it needs to the command, after what is bound, and gives the text.</param>
    public void Add(Func<DbCommand, string> statement) => Add(statement, null);

    /// <summary>Adds a query.</summary>
    /// <param name="statement">As above.</param>
    /// <param name="row">Called for each row, once they are run.</param>
    public void Ask(Func<DbCommand, string> statement, Action<DbDataReader> row) => Add(statement, async (reader, cancellation) =>
    {
        while (await reader.ReadAsync(cancellation))
            row(reader);
    });

    /// <summary>Runs them in the order in which they were added, each on what the database holds then; nothing when there are none.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var command = _command;
        if (_readers.Count == 0)
            return;
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

    void Add(Func<DbCommand, string> statement, Func<DbDataReader, CancellationToken, Task>? reader)
    {
        if (_readers.Count > 0)
            _text.Append(";\n");
        _text.Append(statement(_command));
        _readers.Add(reader);
    }
}
