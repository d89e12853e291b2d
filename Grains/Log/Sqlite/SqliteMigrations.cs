using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>Brings a file's schema up to date by the numbered scripts embedded in this assembly.</summary>
internal static class SqliteMigrations
{
    private const string Folder = ".Log.Sqlite.Migrations.";

    private const string CreateTableSql =
        "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT";

    /// <exception cref="StoreLayoutException">A newer version of this program has changed the schema.</exception>
    public static void Apply(SqliteConnection connection)
    {
        connection.Execute(CreateTableSql);
        var scripts = FindScripts();
        var current = connection.ReadLong("SELECT max(version) FROM schema_migrations") ?? 0;
        if (current > scripts[^1].Version)
        {
            throw new StoreLayoutException(
                $"The log file has schema {current}; this program knows up to {scripts[^1].Version}. Use a newer one.");
        }
        foreach (var script in scripts.Where(script => script.Version > current))
        {
            Apply(connection, script.Version, script.Resource);
        }
    }

    private static void Apply(SqliteConnection connection, long version, string resource)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var stream = typeof(SqliteMigrations).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        connection.Execute(reader.ReadToEnd());
        connection.Execute("INSERT INTO schema_migrations (version, name) VALUES (?1, ?2)", version, NameOf(resource));
        transaction.Commit();
    }

    private static List<(long Version, string Resource)> FindScripts() =>
    [
        .. typeof(SqliteMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .Select(name => (long.Parse(NameOf(name).AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    private static string NameOf(string resource) =>
        resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
}
