using Npgsql;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Storage.Tests.Places;

/// <summary>A database of its own, on one server for all tests; those that harm their server start one themselves.</summary>
public sealed class PostgresPlace : IStorePlace
{
    // Nothing disposes it: its guard ends it, and removes its files, when the tests' process ends.
    private static readonly Lazy<Task<PrivatePostgres>> Shared = new(() => PrivatePostgres.StartNewAsync());

    private NpgsqlDataSource _source = null!;

    public PrivatePostgres Server { get; private set; } = null!;

    public string ConnectionString { get; private set; } = null!;

    public async Task PrepareAsync()
    {
        Server = await Shared.Value;
        ConnectionString = await Server.CreateDatabaseAsync();
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    public IPartitionStore CreateStore() => new PostgresPartitionStore(ConnectionString);

    public Task ExecuteAsync(string sql) => WriteBytesAsync(sql, []);

    public Task<long> ReadLongAsync(string sql) => ReadAsync<long>(sql);

    public Task<byte[]> ReadBytesAsync(string sql) => ReadAsync<byte[]>(sql);

    public async Task WriteBytesAsync(string sql, byte[] bytes)
    {
        await using var command = _source.CreateCommand(sql);
        if (bytes.Length > 0)
        {
            command.Parameters.AddWithValue("bytes", bytes);
        }
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await _source.DisposeAsync();

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
