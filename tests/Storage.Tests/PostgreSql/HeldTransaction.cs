using Npgsql;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>Somebody else's open transaction, with its locks.</summary>
internal sealed class HeldTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    public static async Task<HeldTransaction> BeginAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new(connection, await connection.BeginTransactionAsync());
    }

    public async Task ExecuteAsync(string sql, byte[]? bytes = null)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        if (bytes is not null)
        {
            command.Parameters.AddWithValue("bytes", bytes);
        }
        await command.ExecuteNonQueryAsync();
    }

    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
