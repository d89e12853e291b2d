using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>Where the server keeps its log, and how full it is.</summary>
/// <param name="Segments">Flushes of a partition that were written.</param>
/// <param name="Bytes">In them.</param>
internal readonly record struct StoreFill(long Segments, long Bytes)
{
    public static StoreFill operator -(StoreFill a, StoreFill b) => new(a.Segments - b.Segments, a.Bytes - b.Bytes);
}

/// <summary>A PostgreSQL server with every commit synced, or SQLite files; PostgreSQL is there in any case, for the usual way.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private const string FillSql = "SELECT count(*), coalesce(sum(length(encoded)), 0) FROM segments";

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-ingest-").FullName;
    private readonly bool _isSqlite;

    private StoreUnderTest(bool isSqlite, PrivatePostgres postgres, string connectionString) =>
        (_isSqlite, Postgres, ConnectionString) = (isSqlite, postgres, connectionString);

    public PrivatePostgres Postgres { get; }

    public string ConnectionString { get; }

    public string Folder => _folder;

    private string SqliteFile => Path.Combine(_folder, "store", "billing.db");

    public static async Task<StoreUnderTest> StartAsync(string store)
    {
        // A machine of its own would have more for it; the rest is as it comes.
        var postgres = await PrivatePostgres.StartNewAsync(new Dictionary<string, string>
        {
            ["shared_buffers"] = "512MB", ["max_wal_size"] = "8GB", ["checkpoint_timeout"] = "15min",
        });
        return new(store == "sqlite", postgres, await postgres.CreateDatabaseAsync());
    }

    /// <summary>For the server's environment.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings() => _isSqlite
        ? [new("Storage__Path", Path.Combine(_folder, "store"))]
        :
        [
            new("Storage__Provider", "PostgreSql"), new("Storage__ConnectionString", ConnectionString), new("Cluster__Id", "bench"),
            new("Cluster__AdvertisedAddress", "127.0.0.1"),
            new("Cluster__SiloPort", FreePorts.Next().ToString(CultureInfo.InvariantCulture)),
            new("Cluster__GatewayPort", FreePorts.Next().ToString(CultureInfo.InvariantCulture)),
        ];

    public async Task<StoreFill> FillAsync()
    {
        if (!_isSqlite)
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
            await using var command = source.CreateCommand(FillSql);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return new(reader.GetInt64(0), (long)reader.GetDecimal(1));
        }
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = SqliteFile, Mode = SqliteOpenMode.ReadOnly,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = FillSql;
        await using var row = await query.ExecuteReaderAsync();
        await row.ReadAsync();
        return new(row.GetInt64(0), row.GetInt64(1));
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
