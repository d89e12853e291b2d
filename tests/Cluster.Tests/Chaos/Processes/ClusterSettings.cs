using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>What all processes of a cluster share.</summary>
/// <param name="LogDirectory">A log per process.</param>
/// <param name="DatabasePort">Of the PostgreSQL behind the proxies.</param>
/// <param name="Database">Name of the database.</param>
/// <param name="OperatorKey">Given to the gateways.</param>
internal sealed record ClusterSettings(string LogDirectory, int DatabasePort, string Database, string OperatorKey, int Partitions)
{
    public const string ClusterId = "chaos";

    /// <summary>How to reach the database through a proxy.</summary>
    public string ConnectionString(int port) =>
        $"Host={PrivatePostgres.Host};Port={port};Username={PrivatePostgres.User};Password={PrivatePostgres.Password};Database={Database}";
}
