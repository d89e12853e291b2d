using System.Globalization;
using OrleansBilling.Gateway.Clustering;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Grains.Log.Sqlite;

namespace OrleansBilling.Silo.Hosting;

/// <summary>Where the partition log is kept: section <c>Storage</c>.</summary>
/// <param name="Cluster">The cluster whose PostgreSQL database keeps it; null for the embedded store.</param>
/// <param name="Path">Directory of the embedded store. Default <c>./data</c>.</param>
/// <param name="Partitions">Number of partitions; null takes the store's own, and 16 when it is created.</param>
/// <param name="Retention">How long raw usage is kept. Default 13 months of 31 days.</param>
public sealed record StorageOptions(ClusterSettings? Cluster, string Path, int? Partitions, TimeSpan Retention)
{
    private const int DefaultRetentionDays = 13 * 31;
    private const int MaxRetentionDays = 36_500;
    private const int MaxPartitions = 1024;

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="SettingException">A setting makes no sense.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Storage");
        var provider = section["Provider"] ?? "Sqlite";
        var cluster = ClusterSettings.IsWanted(configuration) ? ClusterSettings.From(configuration) : null;
        if (cluster is null && !provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingException($"Storage:Provider is '{provider}'; it may be 'Sqlite' or 'PostgreSql'.");
        }
        var partitions = Number(section, "Partitions", MaxPartitions);
        var retention = TimeSpan.FromDays(Number(section, "RetentionDays", MaxRetentionDays) ?? DefaultRetentionDays);
        return new(cluster, System.IO.Path.GetFullPath(section["Path"] is { Length: > 0 } path ? path : "data"), partitions, retention);
    }

    /// <summary>Where the data is, for people.</summary>
    public string Describe() => Cluster is null ? Path : $"PostgreSQL, cluster '{Cluster.Id}'";

    /// <summary>The store; nothing is opened yet.</summary>
    public IPartitionStore CreateStore() => Cluster is null
        ? new SqlitePartitionStore(System.IO.Path.Combine(Path, "billing.db"))
        : new PostgresPartitionStore(Cluster.ConnectionString);

    private static int? Number(IConfigurationSection section, string name, int highest) => section[name] is not { Length: > 0 } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= highest
            ? number
            : throw new SettingException($"Storage:{name} is '{text}'; it must be a number from 1 to {highest}.");
}
