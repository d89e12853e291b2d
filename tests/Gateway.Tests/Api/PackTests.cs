using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class PackTests(HostFixture host)
{
    private const string Packs = "/v1/subscriptions/s-1/packs";

    /// <summary>June: 9.50 fee; 8 of 10 kWh come from the pack, 2 cost 0.62.</summary>
    [Fact]
    public async Task A_pack_covers_usage_and_shows_what_is_left()
    {
        using var caller = await host.NewHomeAsync();
        const string Body = """{ "id": "top-1", "charge": "energy", "quantity": "8000", "unit": "Wh", "periods": 2 }""";
        var pack = await caller.CreateAsync(Packs, Body);
        Assert.Equal(
            ("kWh", "8", "8", "paid", "open", "grant", "pack:top-1", "8"),
            (pack.Text("unit"), pack.Text("quantity"), pack.Text("left"), pack.Text("kind"), pack.Text("status"), pack.Text("journal/0/kind"),
                pack.Text("journal/0/postings/0/account"), pack.Text("journal/0/postings/0/quantity")));
        Assert.Equal(200, (await caller.PostAsync(Packs, Body)).Status);
        await caller.ReportAsync("e", "10");
        Assert.Equal("10.12", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var list = await caller.GetAsync(Packs);
        Assert.Equal(("0", "8", "used"), (list.Text("items/0/left"), list.Text("items/0/accrued"), list.Text("items/0/status")));
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees"));

        (await caller.PostAsync(Packs, """{ "id": "x", "quantity": 1 }""")).IsProblem(422, "json.required", "/charge");
        (await caller.PostAsync(Packs, """{ "id": "x", "charge": "none", "quantity": 1 }""")).IsProblem(422, "pack.charge", "/charge");
        (await caller.PostAsync(Packs, """{ "id": "top-1", "charge": "energy", "quantity": 1 }""")).IsProblem(409, "pack.exists", "/id");
        (await caller.PostAsync(Packs, """{ "id": "x", "charge": "energy", "quantity": 1, "kind": "free" }"""))
            .IsProblem(422, "grant.kind_unknown", "/kind");
        (await caller.GetAsync("/v1/subscriptions/none/packs")).IsProblem(404, "subscription.unknown");
    }
}
