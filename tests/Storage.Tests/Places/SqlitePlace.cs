using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;

namespace OrleansBilling.Storage.Tests.Places;

/// <summary>A file in a directory of its own.</summary>
public sealed class SqlitePlace : IStorePlace
{
    private readonly TempDirectory _directory = new();

    private string DataPath => _directory["billing.db"];

    public Task PrepareAsync() => Task.CompletedTask;

    public IPartitionStore CreateStore() => new SqlitePartitionStore(DataPath);

    public Task ExecuteAsync(string sql)
    {
        RawSqlite.Execute(DataPath, sql);
        return Task.CompletedTask;
    }

    public Task<long> ReadLongAsync(string sql) => Task.FromResult(RawSqlite.Read<long>(DataPath, sql));

    public Task<byte[]> ReadBytesAsync(string sql) => Task.FromResult(RawSqlite.Read<byte[]>(DataPath, sql));

    public Task WriteBytesAsync(string sql, byte[] bytes)
    {
        RawSqlite.Execute(DataPath, sql, ("@bytes", bytes));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
