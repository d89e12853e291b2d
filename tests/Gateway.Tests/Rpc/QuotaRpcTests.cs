using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Api;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

[Collection(HostCollection.Name)]
public sealed class QuotaRpcTests(HostFixture host) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    private QuotaService.QuotaServiceClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task A_session_reserves_reports_and_releases()
    {
        using var caller = await ReservationTests.PreparedAsync(host);
        var authorize = new AuthorizeRequest
        {
            Id = "tx", Device = "socket/1", Meter = "energy", Quantity = "15000", Unit = "Wh", Dimensions = { { "site", "B" } }, LeaseSeconds = 600,
        };
        var granted = await Client.AuthorizeAsync(authorize, Key(caller));
        Assert.Equal(("tx", "s-2", "kWh", ReservationStatus.Open, "15", "0", ""),
            (granted.Id, granted.Subscription, granted.Unit, granted.Status, granted.Granted, granted.Used, granted.LimitedBy));
        Assert.Equal(600, (granted.ExpiresAt - granted.GrantedAt).Seconds);
        Assert.Equal(granted, await Client.AuthorizeAsync(authorize, Key(caller)));

        var report = new ReportUseRequest
        {
            Device = "socket/1", Id = "tx", Number = 1, Quantity = "6.5", Time = granted.GrantedAt, Next = new() { Quantity = "100" },
        };
        var reported = await Client.ReportUseAsync(report, Key(caller));
        Assert.Equal(("13.5", "6.5", "energy", 1, "accepted"),
            (reported.Granted, reported.Used, reported.LimitedBy, reported.LastNumber, reported.UsageStatus));
        Assert.Equal(300, (reported.ExpiresAt - reported.GrantedAt).Seconds);
        Assert.Equal(reported, await Client.GetReservationAsync(new() { Device = "socket/1", Id = "tx" }, Key(caller)));
        var released = await Client.ReleaseAsync(new() { Device = "socket/1", Id = "tx", Number = 2 }, Key(caller));
        Assert.Equal((ReservationStatus.Released, "0", "6.5", ""), (released.Status, released.Granted, released.Used, released.UsageStatus));
        Assert.Equal("6.5", (await caller.GetAsync("/v1/devices/socket%2F1/usage")).Text("rows/0/quantity"));
    }

    [Fact]
    public async Task A_refusal_has_the_status_that_says_what_to_do_and_a_stable_code()
    {
        using var caller = await ReservationTests.PreparedAsync(host);
        var wanted = new AuthorizeRequest { Id = "tx", Device = "socket/1", Meter = "energy", Quantity = "20" };
        await Client.AuthorizeAsync(wanted, Key(caller));

        Assert.Equal((StatusCode.ResourceExhausted, "reservation.limit_reached"), await Refusal(
            Client.AuthorizeAsync(new() { Id = "tx2", Device = "socket/1", Meter = "energy", Quantity = "1" }, Key(caller))));
        Assert.Equal((StatusCode.FailedPrecondition, "reservation.exceeded"), await Refusal(
            Client.ReportUseAsync(new() { Device = "socket/1", Id = "tx", Number = 1, Quantity = "20.1" }, Key(caller))));
        Assert.Equal((StatusCode.InvalidArgument, "reservation.quantity_invalid"), await Refusal(
            Client.ReportUseAsync(new() { Device = "socket/1", Id = "tx", Number = 1, Quantity = "many" }, Key(caller))));
        Assert.Equal((StatusCode.InvalidArgument, "usage.time_invalid"), await Refusal(
            Client.ReleaseAsync(new() { Device = "socket/1", Id = "tx", Number = 1, Time = new Timestamp { Nanos = -1 } }, Key(caller))));
        Assert.Equal((StatusCode.NotFound, "reservation.unknown"), await Refusal(
            Client.ReleaseAsync(new() { Device = "socket/1", Id = "other", Number = 1 }, Key(caller))));
        Assert.Equal((StatusCode.NotFound, "device.unknown"), await Refusal(
            Client.GetReservationAsync(new() { Device = "nobody", Id = "tx" }, Key(caller))));
        Assert.Equal(StatusCode.Unauthenticated, (await Refusal(Client.AuthorizeAsync(wanted))).Status);
        using var stranger = await host.NewHomeAsync();
        Assert.Equal((StatusCode.NotFound, "device.unknown"), await Refusal(
            Client.GetReservationAsync(new() { Device = "socket/1", Id = "tx" }, Key(stranger))));
    }

    /// <summary>June: the fee of 9.50 leaves 3.10 of 12.60, which are 10 kWh at 0.31.</summary>
    [Fact]
    public async Task A_prepaid_customer_is_told_that_it_is_the_money()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/customers/c-1/wallets", """{ "id": "main", "onEmpty": "block" }""");
        await caller.CreateAsync("/v1/customers/c-1/wallets/main/grants", """{ "id": "g", "kind": "paid", "amount": "12.60" }""");
        var granted = await Client.AuthorizeAsync(
            new() { Id = "tx", Device = "meter-17", Meter = "energy", Quantity = "50" }, Key(caller));
        Assert.Equal(("10", "energy", "balance"), (granted.Granted, granted.LimitedBy, granted.Limit));
        Assert.Equal((StatusCode.ResourceExhausted, "reservation.balance_exhausted"), await Refusal(
            Client.AuthorizeAsync(new() { Id = "tx2", Device = "meter-17", Meter = "energy", Quantity = "1" }, Key(caller))));
    }

    private static async Task<(StatusCode Status, string Code)> Refusal(AsyncUnaryCall<Reservation> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        return (error.StatusCode, error.Status.Detail.Split(':')[0]);
    }

    private static Metadata Key(Caller caller) => new() { { "authorization", $"Bearer {caller.Key}" } };
}
