using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>The contract on a real server, and what is particular to a store that many silos use at once.</summary>
public sealed class PostgresPartitionStoreTests(PostgresServer postgres)
    : PartitionStoreContract, IClassFixture<PostgresServer>
{
    private string _database = null!;

    private PrivatePostgres Server => postgres.Server;

    public override async Task InitializeAsync()
    {
        _database = await Server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }

    protected override IPartitionStore CreateStore() => new PostgresPartitionStore(_database);
}
