using System.Diagnostics;
using Npgsql;
using OrleansBilling.Benchmarks.Ingest.Load;
using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Ingest.Baselines;

/// <summary>
/// The usual way: a table of events with a unique id, filled by inserts of many rows, and a query that sums them up for a bill. No server
/// between, no keys, no prices.
/// </summary>
internal sealed class EventsTable : IAsyncDisposable
{
    private const string Insert = """
        INSERT INTO events (tenant, device, id, meter, time, value)
        SELECT 'bench', d, i, 'data', t, v FROM unnest($1, $2, $3, $4) AS u (d, i, t, v) ON CONFLICT DO NOTHING
        """;

    private readonly NpgsqlDataSource _source;

    private EventsTable(NpgsqlDataSource source) => _source = source;

    public static async Task<EventsTable> CreateAsync(StoreUnderTest store)
    {
        var settings = new NpgsqlConnectionStringBuilder(await store.Postgres.CreateDatabaseAsync()) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 };
        var table = new EventsTable(NpgsqlDataSource.Create(settings.ConnectionString));
        await using var create = table._source.CreateCommand("""
            CREATE TABLE events (
                tenant text NOT NULL, device text NOT NULL, id text NOT NULL, meter text NOT NULL,
                time timestamptz NOT NULL, value numeric NOT NULL, PRIMARY KEY (tenant, device, id));
            CREATE INDEX ON events (tenant, device, meter, time)
            """);
        await create.ExecuteNonQueryAsync();
        return table;
    }

    public async Task SendAsync(Usage[] batch)
    {
        var n = batch.Length;
        var (devices, ids, times, values) = (new string[n], new string[n], new DateTime[n], new decimal[n]);
        for (var i = 0; i < n; i++)
        {
            var usage = batch[i];
            devices[i] = FleetUnderTest.DeviceId(usage.Device);
            ids[i] = usage.Id.ToString();
            times[i] = DateTimeOffset.FromUnixTimeMilliseconds(usage.UnixMilliseconds).UtcDateTime;
            values[i] = usage.Thousandths / 1000m;
        }
        await using var insert = _source.CreateCommand(Insert);
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = devices });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ids });
        insert.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = times });
        insert.Parameters.Add(new NpgsqlParameter<decimal[]> { TypedValue = values });
        if (await insert.ExecuteNonQueryAsync() != n)
        {
            throw new InvalidOperationException("Not every event was new.");
        }
    }

    /// <summary>What a bill run asks: the sums of all devices since a day.</summary>
    public async Task<TimeSpan> SumAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var query = _source.CreateCommand(
            "SELECT device, meter, sum(value) FROM events WHERE tenant = 'bench' AND time >= now() - interval '1 day' GROUP BY device, meter");
        await using var reader = await query.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetDecimal(2);
        }
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Bytes of the table with its indexes.</summary>
    public async Task<long> BytesAsync()
    {
        await using var query = _source.CreateCommand("SELECT pg_total_relation_size('events')");
        return (long)(await query.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
