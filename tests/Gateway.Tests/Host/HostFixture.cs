using System.Globalization;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>One running host that the tests of the collection share; each works in tenants of its own.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private int _tenants;

    /// <summary>The host.</summary>
    public SiloProcess Silo { get; } = new();

    /// <summary>A caller with the operator's key.</summary>
    public Caller Operator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Silo.StartAsync();
        Operator = new(Silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        Operator?.Dispose();
        await Silo.DisposeAsync();
    }

    /// <summary>A caller with the key of a new tenant whose test clock stands at the given time.</summary>
    public async Task<Caller> NewTenantAsync(string now = "2012-06-03T00:00:00Z")
    {
        var id = $"t{Interlocked.Increment(ref _tenants).ToString(CultureInfo.InvariantCulture)}";
        var made = await Operator.PostAsync("/v1/tenants", $$"""{ "id": "{{id}}", "testClock": { "now": "{{now}}" } }""");
        Assert.Equal(201, made.Status);
        var key = made.Text("key");
        return new(Silo.Client(key), key);
    }

    /// <summary>A tenant with a meter, plan, customer, subscription and device, ready to bill: 9.50 a month and 0.31 a
    /// kWh.</summary>
    public async Task<Caller> NewHomeAsync(string now = "2012-06-03T00:00:00Z")
    {
        var caller = await NewTenantAsync(now);
        await FurnishAsync(caller);
        return caller;
    }

    /// <summary>Gives a tenant of any host what a home has.</summary>
    public static async Task FurnishAsync(Caller caller)
    {
        await caller.CreateAsync("/v1/meters", """{ "id": "energy", "name": "Active energy", "unit": "kWh" }""");
        await caller.CreateAsync("/v1/plans", """
            { "id": "home", "name": "Home", "currency": "EUR", "charges": [
              { "id": "base", "name": "Base fee", "kind": "recurring", "model": "flat", "amount": "9.50" },
              { "id": "energy", "name": "Energy", "meter": "energy", "model": "perUnit", "unitPrice": "0.31" } ] }
            """);
        await caller.CreateAsync("/v1/customers", """
            { "id": "c-1", "name": "Ada <Lovelace>", "currency": "EUR", "address": ["12 St James's Square", "London"] }
            """);
        await caller.CreateAsync("/v1/subscriptions", """
            { "id": "s-1", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z" }
            """);
        await caller.CreateAsync("/v1/devices", """{ "id": "meter-17", "subscription": "s-1" }""");
    }
}

/// <summary>Tests that need the running host.</summary>
[CollectionDefinition(Name)]
public sealed class HostCollection : ICollectionFixture<HostFixture>
{
    public const string Name = "host";
}
