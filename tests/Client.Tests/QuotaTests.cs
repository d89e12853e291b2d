using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Client.Tests.Host;
using OrleansBilling.Gateway.Rpc.V1;
using Xunit;

namespace OrleansBilling.Client.Tests;

/// <summary>The generated clients of the package, with a key.</summary>
[Collection(ServerCollection.Name)]
public sealed class QuotaTests(ServerFixture fixture)
{
    [Fact]
    public async Task Quota_is_reserved_reported_and_released()
    {
        var key = await fixture.Server.NewTenantAsync();
        using var channel = GrpcChannel.ForAddress(fixture.Server.GrpcUrl);
        var quota = new QuotaService.QuotaServiceClient(channel.WithApiKey(key));

        var grant = await quota.AuthorizeAsync(new() { Id = "session-1", Device = "meter-17", Meter = "energy", Quantity = "5", LeaseSeconds = 300 });
        Assert.Equal(("5", ReservationStatus.Open), (grant.Granted, grant.Status));
        var released = await quota.ReleaseAsync(new() { Id = "session-1", Device = "meter-17", Number = 1, Quantity = "2" });

        Assert.Equal(("2", ReservationStatus.Released), (released.Used, released.Status));
        Assert.Equal(("2", "1.00"), await fixture.Server.BilledAsync(key));
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_without_being_told()
    {
        using var channel = GrpcChannel.ForAddress(fixture.Server.GrpcUrl);

        var refused = Assert.Throws<ArgumentException>(() => channel.WithApiKey("ob_secret\n"));

        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        var unknown = new QuotaService.QuotaServiceClient(channel.WithApiKey("ob_secret"));
        var answer = await Assert.ThrowsAsync<RpcException>(async () => await unknown.GetReservationAsync(new() { Id = "r", Device = "d" }));
        Assert.Equal(StatusCode.Unauthenticated, answer.StatusCode);
    }
}
