using System.Data.Common;
using System.Text;

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
            parameter.ParameterName = "p" + command.Parameters.Count;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary><c>@p3,@p4,@p5</c>: the names of <paramref name="count"/> parameters from <paramref name="first"/> on.</summary>
    public static string Names(int first, int count)
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
