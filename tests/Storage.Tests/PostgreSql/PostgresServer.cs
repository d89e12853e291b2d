using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>One server for all tests that only need databases of their own; those that stop it start their own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public PrivatePostgres Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PrivatePostgres.StartNewAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
