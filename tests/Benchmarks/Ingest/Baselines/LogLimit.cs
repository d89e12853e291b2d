using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Ingest.Baselines;

/// <summary>The same bytes in rows of the same size into the same PostgreSQL, each row a durable transaction, without any product code.</summary>
internal static class LogLimit
{
    private const int Connections = 4;

    /// <summary>Bytes a second.</summary>
    public static async Task<double> RunAsync(StoreUnderTest store, StoreFill written, int seconds)
    {
        await using var source = NpgsqlDataSource.Create(await store.Postgres.CreateDatabaseAsync());
        await using (var create = source.CreateCommand("""
            CREATE TABLE raw (writer integer, number bigint, encoded bytea NOT NULL, PRIMARY KEY (writer, number));
            ALTER TABLE raw ALTER COLUMN encoded SET STORAGE EXTERNAL
            """))
        {
            await create.ExecuteNonQueryAsync();
        }
        var row = new byte[Math.Max(1, written.Bytes / Math.Max(1, written.Segments))];
        Random.Shared.NextBytes(row);
        var (began, limit, rows) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(seconds), 0L);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async writer =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var insert = new NpgsqlCommand("INSERT INTO raw VALUES ($1, $2, $3)", connection);
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = writer });
            var number = new NpgsqlParameter<long>();
            insert.Parameters.Add(number);
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = row, NpgsqlDbType = NpgsqlDbType.Bytea });
            for (; Stopwatch.GetElapsedTime(began) < limit; Interlocked.Increment(ref rows))
            {
                number.TypedValue++;
                await insert.ExecuteNonQueryAsync();
            }
        }));
        return rows * row.Length / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
