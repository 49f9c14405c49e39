using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ChatGenius.Hosting.Databases;

/// <summary>Hand-written SQL on a connection, for where the object mapper is too slow or too vague about locks.</summary>
public static class Commands
{
    /// <summary>A command of the transaction. Parameters are <c>@p0</c>, <c>@p1</c> …</summary>
    public static DbCommand Command(this DbTransaction transaction, string sql, params object?[] parameters)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Bind(parameters);
        return command;
    }

    /// <summary>Adds parameters after those that the command has.</summary>
    public static void Bind(this DbCommand command, params object?[] values)
    {
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            // SQLite's driver tries names as they are first, and each try looks through all of a statement's.
            parameter.ParameterName = "@p" + command.Parameters.Count;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Binds a value, and gives the name that it goes by in the text; it may be used more than once.</summary>
    public static string Parameter(this DbCommand command, object? value)
    {
        command.Bind(value);
        return "@p" + (command.Parameters.Count - 1);
    }

    /// <summary>
    /// Binds values and says that a column has one of them: <c>column = ANY(@p0)</c> on PostgreSQL, where a text that stays the same is parsed and planned once, <c>column IN (@p0,@p1)</c> on SQLite,
    /// which has no arrays.
    /// </summary>
    public static string In<T>(this DbCommand command, string column, T[] values)
    {
        var first = command.Parameters.Count;
        if (command is SqliteCommand)
            foreach (var value in values)
                command.Bind(value);
        else
            command.Bind([values]);
        return command is SqliteCommand ? $"{column} IN ({Names(first, values.Length)})" : $"{column} = ANY(@p{first})";
    }

    /// <summary>Binds rows, a column at a time, and gives the query that returns them: over arrays on PostgreSQL, for the same reason as <see cref="In"/>, and as <c>VALUES</c> on SQLite.</summary>
    /// <param name="command">The command.</param>
    /// <param name="columns">Arrays of the same length; at least one row.</param>
    public static string Rows(this DbCommand command, params Array[] columns) => command.Rows("", columns);

    /// <summary>The same for rows that have something in common.</summary>
    /// <param name="command">The command.</param>
    /// <param name="common">What each row ends with, as SQL; empty for nothing.</param>
    /// <param name="columns">Arrays of the same length; at least one row.</param>
    internal static string Rows(this DbCommand command, string common, Array[] columns)
    {
        var first = command.Parameters.Count;
        if (command is not SqliteCommand)
        {
            command.Bind([.. columns]);
            return $"SELECT *{After(common)} FROM unnest({Names(first, columns.Length)})";
        }
        var rows = new string[columns[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var column in columns)
                command.Bind(column.GetValue(row));
            rows[row] = $"({Names(first + (row * columns.Length), columns.Length)}{After(common)})";
        }
        return "VALUES " + string.Join(',', rows);
    }

    /// <summary>Binds the first of some rows, and gives the query that returns it: for a statement that is run for each.</summary>
    internal static string Row(this DbCommand command, string common, Array[] columns)
    {
        var first = command.Parameters.Count;
        foreach (var column in columns)
            command.Bind(column.GetValue(0));
        return $"VALUES ({Names(first, columns.Length)}{After(common)})";
    }

    static string After(string common) => common.Length == 0 ? "" : ", " + common;

    static string Names(int first, int count)
    {
        var names = new StringBuilder(count * 5);
        for (var i = 0; i < count; i++)
            names.Append(i == 0 ? "@p" : ",@p").Append(first + i);
        return names.ToString();
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    public static async Task RunAsync(this DbTransaction transaction, string sql, CancellationToken cancellation, params object?[] parameters)
    {
        await using var command = transaction.Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
