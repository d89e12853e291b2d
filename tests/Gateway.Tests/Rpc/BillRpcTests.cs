using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

[Collection(HostCollection.Name)]
public sealed class BillRpcTests(HostFixture host) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    private BillService.BillServiceClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task A_bill_is_read_and_watched()
    {
        using var caller = await host.NewHomeAsync();
        using var watch = Client.WatchBill(new() { Customer = "c-1" }, Key(caller), TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal("9.50", watch.ResponseStream.Current.Total);
        await caller.ReportAsync("e-1", "1");
        Assert.True(await watch.ResponseStream.MoveNext(default));
        var seen = watch.ResponseStream.Current;
        var read = await Client.GetBillAsync(new() { Customer = "c-1" }, Key(caller));
        Assert.Equal(("9.81", "9.81", "EUR"), (read.Total, read.AmountDue, read.Currency));
        Assert.Equal([("base", "9.50", ""), ("energy", "0.31", "kWh")], read.Lines.Select(line => (line.Charge, line.Amount, line.Unit)).Order());
        Assert.Equal(read.Lines, seen.Lines);
        Assert.NotEmpty(seen.Version);
    }

    [Fact]
    public async Task Charges_of_a_subscription_and_usage_of_a_device_are_watched()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "1");
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Patience;
        using var charges = Client.WatchSubscription(new() { Subscription = "s-1" }, Key(caller), deadline);
        using var usage = Client.WatchDevice(new() { Device = "meter-17" }, Key(caller), deadline);
        Assert.True(await charges.ResponseStream.MoveNext(default) && await usage.ResponseStream.MoveNext(default));
        Assert.Equal("9.81", charges.ResponseStream.Current.Total);
        var row = Assert.Single(usage.ResponseStream.Current.Rows);
        Assert.Equal(("s-1", "energy", "1", 1L), (row.Subscription, row.Meter, row.Quantity, row.Events));
    }

    [Fact]
    public async Task A_key_sees_what_its_scope_and_customer_allow_and_the_rest_does_not_exist()
    {
        using var admin = await host.NewHomeAsync();
        await admin.CreateAsync("/v1/customers", """{ "id": "c-2", "name": "Other", "currency": "EUR" }""");
        await admin.CreateAsync("/v1/subscriptions", """{ "id": "s-2", "customer": "c-2", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        var own = Key((await admin.CreateAsync("/v1/keys", """{ "scopes": ["read"], "customer": "c-1" }""")).Text("key"));
        Assert.Equal("9.50", (await Client.GetBillAsync(new() { Customer = "c-1" }, own)).Total);
        Assert.Equal(StatusCode.NotFound, await StatusAsync(async () => await Client.GetBillAsync(new() { Customer = "c-2" }, own)));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => FirstAsync(Client.WatchBill(new() { Customer = "c-2" }, own))));
        Assert.Equal(StatusCode.OK, await StatusAsync(() => FirstAsync(Client.WatchSubscription(new() { Subscription = "s-1" }, own))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => FirstAsync(Client.WatchSubscription(new() { Subscription = "s-2" }, own))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => FirstAsync(Client.WatchDevice(new() { Device = "meter-17" }, own))));

        var devices = Key((await admin.CreateAsync("/v1/keys", """{ "scopes": ["devices"] }""")).Text("key"));
        Assert.Equal(StatusCode.OK, await StatusAsync(() => FirstAsync(Client.WatchDevice(new() { Device = "meter-17" }, devices))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(async () => await Client.GetBillAsync(new() { Customer = "c-1" }, devices)));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => FirstAsync(Client.WatchBill(new() { Customer = "c-1" }, devices))));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(async () => await Client.GetBillAsync(new() { Customer = "c-1" })));

        using var stranger = await host.NewTenantAsync();
        Assert.Equal(StatusCode.NotFound, await StatusAsync(async () => await Client.GetBillAsync(new() { Customer = "c-1" }, Key(stranger))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => FirstAsync(Client.WatchDevice(new() { Device = "meter-17" }, Key(stranger)))));
    }

    [Fact]
    public async Task Health_needs_no_key_and_reflection_lists_the_services_for_one()
    {
        var health = await new Grpc.Health.V1.Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        var reflection = new ServerReflection.ServerReflectionClient(_channel);
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => ServicesAsync(reflection, null)));
        var services = await ServicesAsync(reflection, Key(SiloProcess.OperatorKey));
        Assert.Subset(services.ToHashSet(), new HashSet<string>
        {
            "orleansbilling.v1.UsageService", "orleansbilling.v1.QuotaService", "orleansbilling.v1.BillService", "grpc.health.v1.Health",
        });
    }

    private static async Task<string[]> ServicesAsync(ServerReflection.ServerReflectionClient client, Metadata? key)
    {
        using var call = client.ServerReflectionInfo(key);
        try
        {
            await call.RequestStream.WriteAsync(new() { ListServices = "" });
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // A server that has refused reads no more; its status comes with the answer.
        }
        await call.ResponseStream.MoveNext(default);
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name)];
    }

    private static async Task FirstAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            await call.ResponseStream.MoveNext(default);
        }
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static Metadata Key(Caller caller) => Key(caller.Key);

    private static Metadata Key(string key) => new() { { "authorization", $"Bearer {key}" } };
}
