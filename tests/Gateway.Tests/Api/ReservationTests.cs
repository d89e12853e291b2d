using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>20 kWh are included and no more may be reserved.</summary>
[Collection(HostCollection.Name)]
public sealed class ReservationTests(HostFixture host)
{
    private const string Reservations = "/v1/devices/socket%2F1/reservations";

    [Fact]
    public async Task Quota_is_reserved_reported_and_given_back()
    {
        using var caller = await PreparedAsync(host);

        var granted = await caller.CreateAsync(Reservations, """
            { "id": "tx/7", "meter": "energy", "quantity": 15000, "unit": "Wh", "dimensions": { "site": "B", "a": "1" }, "leaseSeconds": 600 }
            """);
        Assert.Equal(
            ("tx/7", "socket/1", "s-2", "kWh", "open", "15", "0", "0", Reservations + "/tx%2F7"),
            (granted.Text("id"), granted.Text("device"), granted.Text("subscription"), granted.Text("unit"), granted.Text("status"),
                granted.Text("granted"), granted.Text("used"), granted.Text("lastNumber"), granted.Headers.Location?.OriginalString));
        Assert.Equal("2012-06-03T00:10:00Z", granted.Text("expiresAt"));
        var other = await caller.CreateAsync(Reservations, """{ "id": "tx-8", "meter": "energy", "quantity": "15" }""");
        Assert.Equal(("5", "energy"), (other.Text("granted"), other.Text("limitedBy")));
        var none = await caller.PostAsync(Reservations, """{ "id": "tx-9", "meter": "energy", "quantity": "15" }""");
        Assert.Equal((409, "reservation.limit_reached"), (none.Status, none.Text("errors/0/code")));

        const string Report = """{ "number": 1, "quantity": "6.5", "next": { "quantity": "3", "leaseSeconds": 60 } }""";
        var reported = await caller.PostAsync(Reservations + "/tx%2F7/report", Report);
        Assert.Equal(
            (200, "3", "6.5", "1", "accepted", "2012-06-03T00:01:00Z"),
            (reported.Status, reported.Text("granted"), reported.Text("used"), reported.Text("lastNumber"), reported.Text("usageStatus"),
                reported.Text("expiresAt")));
        Assert.Equal((200, reported.Body), Body(await caller.PostAsync(Reservations + "/tx%2F7/report", Report)));
        Assert.Equal((200, reported.Body), Body(await caller.GetAsync(Reservations + "/tx%2F7")));
        Assert.Equal("6.5", (await caller.GetAsync("/v1/devices/socket%2F1/usage")).Text("rows/0/quantity"));

        var released = await caller.PostAsync(Reservations + "/tx%2F7/release", """{ "number": 2, "quantity": "1" }""");
        Assert.Equal((200, "released", "0", "7.5"), (released.Status, released.Text("status"), released.Text("granted"), released.Text("used")));
        // 20 less 7.5 used and 5 that tx-8 has.
        Assert.Equal("7.5", (await caller.CreateAsync(Reservations, """{ "id": "tx-9", "meter": "energy", "quantity": "15" }""")).Text("granted"));
    }

    [Theory]
    [InlineData("", """{ "id": "a", "meter": "energy", "quantity": "0" }""", 422, "reservation.quantity_invalid")]
    [InlineData("", """{ "id": "a", "meter": "energy", "quantity": "1", "leaseSeconds": 90000 }""", 422, "reservation.lease_invalid")]
    [InlineData("", """{ "id": "a", "meter": "energy", "quantity": "1", "dimensions": { "a": 1 } }""", 422, "usage.dimensions_invalid")]
    [InlineData("", """{ "id": "a", "meter": "water", "quantity": "1" }""", 422, "rating.no_charge_for_meter")]
    [InlineData("", """{ "id": "a", "meter": "energy" }""", 422, "json.required")]
    [InlineData("/held/report", """{ "number": 2, "quantity": "1" }""", 409, "reservation.number_order")]
    [InlineData("/held/report", """{ "number": 1, "quantity": "21" }""", 409, "reservation.exceeded")]
    [InlineData("/held/report", """{ "number": 1, "quantity": "-1" }""", 422, "reservation.quantity_invalid")]
    [InlineData("/held/report", """{ "number": 1, "quantity": "1", "time": "2012-06-02T00:00:00Z" }""", 422, "reservation.time_invalid")]
    [InlineData("/held/report", """{ "number": 1, "quantity": "1", "next": { "quantity": "0" } }""", 422, "reservation.quantity_invalid")]
    [InlineData("/held/release", """{ "number": 1, "quantity": "1", "unit": "L" }""", 422, "usage.unit_mismatch")]
    public async Task A_bad_request_is_refused_and_changes_nothing(string path, string body, int status, string code)
    {
        using var caller = await PreparedAsync(host);
        var held = await caller.CreateAsync(Reservations, """{ "id": "held", "meter": "energy", "quantity": "20" }""");
        var refused = await caller.PostAsync(Reservations + path, body);
        Assert.Equal((status, code), (refused.Status, refused.Text("errors/0/code")));
        Assert.Equal(held.Body, (await caller.GetAsync(Reservations + "/held")).Body);
    }

    [Fact]
    public async Task Nobody_sees_the_reservations_of_another_tenant()
    {
        using var caller = await PreparedAsync(host);
        await caller.CreateAsync(Reservations, """{ "id": "tx", "meter": "energy", "quantity": "1" }""");
        using var stranger = await host.NewHomeAsync();
        foreach (var path in new[] { "/v1/devices/socket%2F1/reservations/tx", "/v1/devices/meter-17/reservations/tx" })
        {
            Assert.Equal(404, (await stranger.GetAsync(path)).Status);
            Assert.Equal(404, (await stranger.PostAsync(path + "/release", """{ "number": 1 }""")).Status);
        }
        Assert.Equal(404, (await stranger.PostAsync(Reservations, """{ "id": "tx", "meter": "energy", "quantity": "1" }""")).Status);
    }

    internal static async Task<Caller> PreparedAsync(HostFixture host)
    {
        var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "prepaid", "currency": "EUR", "charges": [
              { "id": "energy", "meter": "energy", "unitPrice": "0.5", "freeQuantity": "20", "blockAt": "included" } ] }
            """);
        await caller.CreateAsync("/v1/subscriptions", """
            { "id": "s-2", "customer": "c-1", "plan": "prepaid", "start": "2012-06-01T00:00:00Z" }
            """);
        await caller.CreateAsync("/v1/devices", """{ "id": "socket/1", "subscription": "s-2" }""");
        return caller;
    }

    private static (int, string) Body(Answer answer) => (answer.Status, answer.Body);
}
