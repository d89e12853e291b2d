using System.Globalization;
using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>
/// Brings a database's schema up to date by the numbered scripts embedded in this assembly: the log's tables, and those
/// of the Orleans membership. Any number of silos may do so at once; one of them works and the others wait for it.
/// </summary>
public static class PostgresSchema
{
    private const string Folder = ".Log.PostgreSql.Migrations.";

    // 'OBLG': any number, as long as nobody else in this database locks the same.
    private const long LockKey = 0x4F424C47;

    private const string VersionSql = "SELECT max(version) FROM schema_migrations";

    /// <summary>Creates or updates the schema; to be called before Orleans starts, which reads its statements from it.
    /// </summary>
    /// <exception cref="StoreFailedException">The server refuses or cannot be reached; the message says why.</exception>
    /// <exception cref="StoreLayoutException">A newer version of this program has changed the schema.</exception>
    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public static async Task EnsureAsync(string connectionString, CancellationToken ct)
    {
        var settings = new PostgresSettings(connectionString, new());
        try
        {
            await RunLockedAsync(settings, _ => Task.FromResult(true), ct);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Translate(error, settings);
        }
    }

    /// <summary>Does some work in the transaction that has brought the schema up to date, while no other silo does.
    /// </summary>
    internal static async Task<T> RunLockedAsync<T>(
        PostgresSettings settings, Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        await using var source = settings.CreateForSchema();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(ct, "SELECT pg_advisory_xact_lock($1)", LockKey);
        await ApplyAsync(connection, ct);
        var result = await work(connection);
        await transaction.CommitAsync(ct);
        return result;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // Asked first, because somebody who may not create tables may still use those that are there.
        if (await connection.ReadLongAsync(ct, "SELECT to_regclass('schema_migrations')::oid::bigint") is null)
        {
            await connection.ExecuteAsync(ct,
                "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, name text NOT NULL)");
        }
        var scripts = FindScripts();
        var current = await connection.ReadLongAsync(ct, VersionSql) ?? 0;
        if (current > scripts[^1].Version)
        {
            throw new StoreLayoutException($"The database '{connection.Database}' has schema {current}; " +
                $"this program knows up to {scripts[^1].Version}. Use a newer one.");
        }
        foreach (var (version, resource) in scripts.Where(script => script.Version > current))
        {
            await connection.ExecuteAsync(ct, await ReadScriptAsync(resource, ct));
            await connection.ExecuteAsync(ct, "INSERT INTO schema_migrations VALUES ($1, $2)", version, NameOf(resource));
        }
    }

    private static async Task<string> ReadScriptAsync(string resource, CancellationToken ct)
    {
        await using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    private static List<(long Version, string Resource)> FindScripts() =>
    [
        .. typeof(PostgresSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .Select(name => (long.Parse(NameOf(name).AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    private static string NameOf(string resource) =>
        resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
}
