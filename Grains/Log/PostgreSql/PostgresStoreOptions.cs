namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>How long the store waits for the server, and how much of it it takes.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>For the server to accept a connection; whole seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For one statement, on the server as well, so that what nobody waits for does not go on; whole
    /// seconds.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the server to confirm that it gave up a statement that took too long, before the connection is
    /// dropped.</summary>
    public TimeSpan CancellationTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For one statement of a change of schema, and for other silos that are at it.</summary>
    public TimeSpan SchemaTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Connections for reading, owning and snapshots, at least 5; all but 4 of them move segments and snapshots,
    /// in turn. Appending has one more of its own.</summary>
    public int MaxConnections { get; init; } = 16;
}
