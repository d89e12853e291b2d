using Xunit;

namespace OrleansBilling.Client.Tests.Host;

/// <summary>One running server for the tests that neither kill nor pause it; each works in tenants of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public BillingServer Server { get; } = new();

    public Task InitializeAsync() => Server.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>Tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}
