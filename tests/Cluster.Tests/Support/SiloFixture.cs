using Xunit;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>One running server that several tests share; each uses tenants of its own.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    internal SiloProcess Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await SiloProcess.StartNewAsync();

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}

/// <summary>Tests that share the running server; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SiloCollection : ICollectionFixture<SiloFixture>
{
    public const string Name = "running server";
}
