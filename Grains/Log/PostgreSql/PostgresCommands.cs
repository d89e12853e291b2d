using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>Short forms for the statements that are not hot.</summary>
[SuppressMessage("Design", "CA1068", Justification = "The values of a statement can only come last.")]
internal static class PostgresCommands
{
    /// <param name="values">Bound to $1, $2 and so on.</param>
    public static NpgsqlCommand Prepare(
        this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }

    /// <returns>The number of rows changed.</returns>
    public static Task<int> ExecuteAsync(
        this NpgsqlConnection connection, CancellationToken ct, string sql, params ReadOnlySpan<object> values)
    {
        return RunAsync(connection.Prepare(sql, values), ct);

        static async Task<int> RunAsync(NpgsqlCommand command, CancellationToken ct)
        {
            await using (command)
            {
                return await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <returns>The first column of the first row; null when there is no row or it is NULL.</returns>
    public static Task<long?> ReadLongAsync(
        this NpgsqlConnection connection, CancellationToken ct, string sql, params ReadOnlySpan<object> values)
    {
        return RunAsync(connection.Prepare(sql, values), ct);

        static async Task<long?> RunAsync(NpgsqlCommand command, CancellationToken ct)
        {
            await using (command)
            {
                return await command.ExecuteScalarAsync(ct) as long?;
            }
        }
    }

    /// <summary>Every row, made into a value.</summary>
    public static Task<List<T>> ReadRowsAsync<T>(
        this NpgsqlConnection connection,
        Func<NpgsqlDataReader, T> row,
        CancellationToken ct,
        string sql,
        params ReadOnlySpan<object> values)
    {
        return RunAsync(connection.Prepare(sql, values), row, ct);

        static async Task<List<T>> RunAsync(
            NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken ct)
        {
            await using (command)
            {
                await using var reader = await command.ExecuteReaderAsync(ct);
                var rows = new List<T>();
                while (await reader.ReadAsync(ct))
                {
                    rows.Add(row(reader));
                }
                return rows;
            }
        }
    }
}
