using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class WalletTests(HostFixture host)
{
    private const string Wallets = "/v1/customers/c-1/wallets";
    private const string Grants = "/v1/customers/c-1/wallets/main/grants";

    /// <summary>June: 9.50 and 10 kWh at 0.31 are 12.60; the gift of 5.00 goes first, then 7.60 of the 50.00.</summary>
    [Fact]
    public async Task Prepaid_money_pays_the_invoice_and_the_journal_says_how()
    {
        using var caller = await host.NewHomeAsync();
        var wallet = await caller.CreateAsync(Wallets, """{ "id": "main" }""");
        Assert.Equal(
            ("main", "EUR", "100", "0.00", "0.00"),
            (wallet.Text("id"), wallet.Text("currency"), wallet.Text("priority"), wallet.Text("creditLimit"), wallet.Text("current")));
        const string Body = """{ "id": "pay/4711", "kind": "paid", "amount": "50.00", "reference": "Card 4711" }""";
        var grant = await caller.CreateAsync(Grants, Body);
        Assert.Equal(("paid", "50.00", "open", Wallets + "/main"),
            (grant.Text("kind"), grant.Text("left"), grant.Text("status"), grant.Headers.Location?.OriginalString));
        var again = await caller.PostAsync(Grants, Body);
        Assert.Equal((200, grant.Body), (again.Status, again.Body));
        await caller.CreateAsync(Grants, """{ "id": "gift", "kind": "promotional", "amount": 5, "expiresAt": "2012-08-01T00:00:00Z" }""");
        await caller.ReportAsync("e", "10");

        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(
            ("12.60", "0.00", "55.00", "12.60", "0.00", "42.40"),
            (bill.Text("total"), bill.Text("amountDue"), bill.Text("wallets/0/current"), bill.Text("wallets/0/accrued"),
                bill.Text("wallets/0/reserved"), bill.Text("wallets/0/available")));
        Assert.Equal(200, (await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }""")).Status);
        var invoice = (await caller.GetAsync("/v1/customers/c-1/invoices")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        var issued = await caller.GetAsync($"/v1/invoices/{invoice}");
        Assert.Equal(
            ("12.60", "12.60", "0.00", "gift", "5.00", "pay/4711", "7.60"),
            (issued.Text("total"), issued.Text("walletAmount"), issued.Text("amountDue"), issued.Text("walletDraws/0/grant"),
                issued.Text("walletDraws/0/amount"), issued.Text("walletDraws/1/grant"), issued.Text("walletDraws/1/amount")));
        var page = (await caller.GetAsync($"/v1/invoices/{invoice}/explanation")).Body;
        Assert.Contains("Paid from wallet main", page, StringComparison.Ordinal);

        var voided = await caller.PostAsync(Grants + "/pay%2F4711/void", """{ "reason": "moved away" }""");
        Assert.Equal((200, "voided", "0.00"), (voided.Status, voided.Text("status"), voided.Text("left")));
        var journal = await caller.GetAsync("/v1/customers/c-1/journal?limit=3");
        Assert.Equal(
            ("invoice", invoice, "EUR", "receivable", "-12.60"),
            (journal.Text("items/2/kind"), journal.Text("items/2/reference"), journal.Text("items/2/currency"),
                journal.Text("items/2/postings/0/account"), journal.Text("items/2/postings/0/amount")));
        journal = await caller.GetAsync($"/v1/customers/c-1/journal?limit=3&cursor={journal.Text("next")}");
        Assert.Equal(
            ("void", "wallet:main", "-42.40", "cash", "42.40"),
            (journal.Text("items/0/kind"), journal.Text("items/0/postings/0/account"), journal.Text("items/0/postings/0/amount"),
                journal.Text("items/0/postings/1/account"), journal.Text("items/0/postings/1/amount")));
        Assert.Equal("0.00", (await caller.GetAsync(Wallets + "/main")).Text("current"));
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees"));
    }

    /// <summary>June: 9.50 fee and 10 kWh at 0.31. The gift pays energy only, so 3.10 of 5.00; the bill says which line.</summary>
    [Fact]
    public async Task A_gift_for_one_charge_pays_that_line_only()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync(Wallets, """{ "id": "main", "onEmpty": "block" }""");
        const string Gift = """
            { "id": "gift", "kind": "promotional", "amount": 5, "scope": { "charges": ["energy"], "meters": ["energy"] } }
            """;
        var grant = await caller.CreateAsync(Grants, Gift);
        Assert.Equal(("energy", 200), (grant.Text("scope/charges/0"), (await caller.PostAsync(Grants, Gift)).Status));
        await caller.CreateAsync(Grants, """{ "id": "pay", "kind": "paid", "amount": 50 }""");
        await caller.ReportAsync("e", "10");
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(
            ("12.60", "gift", "3.10", "2", "pay", "1", "9.50"),
            (bill.Text("total"), bill.Text("walletDraws/0/grant"), bill.Text("walletDraws/0/lines/0/amount"),
                bill.Text("walletDraws/0/lines/0/line"), bill.Text("walletDraws/1/grant"), bill.Text("walletDraws/1/lines/0/line"),
                bill.Text("walletDraws/1/lines/0/amount")));
        Assert.Equal("block", (await caller.GetAsync(Wallets + "/main")).Text("onEmpty"));
        Assert.Equal(200, (await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }""")).Status);
        var issued = (await caller.GetAsync("/v1/customers/c-1/invoices")).Json.GetProperty("items")[0];
        Assert.Equal(2, issued.GetProperty("walletDraws")[0].GetProperty("lines")[0].GetProperty("line").GetInt32());
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees"));

        (await caller.PostAsync(Grants, """{ "id": "x", "kind": "paid", "amount": 5, "scope": {} }""")).IsProblem(422, "scope.empty", "/scope");
        (await caller.PostAsync(Grants, """{ "id": "x", "kind": "paid", "amount": 5, "scope": { "charges": [] } }"""))
            .IsProblem(422, "scope.names", "/scope/charges");
        (await caller.PostAsync(Grants, """{ "id": "x", "kind": "paid", "amount": 5, "scope": { "dimensions": { "zone": "eu" } } }"""))
            .IsProblem(422, "json.type", "/scope/dimensions/zone");
        (await caller.PostAsync(Wallets, """{ "id": "w", "onEmpty": "stop" }""")).IsProblem(422, "wallet.on_empty_unknown", "/onEmpty");
    }

    [Fact]
    public async Task Every_refusal_names_its_place_and_reason()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync(Wallets, "{}")).IsProblem(422, "json.required", "/id");
        (await caller.PostAsync(Wallets, """{ "id": "main", "currency": "USD" }""")).IsProblem(422, "wallet.currency", "/currency");
        (await caller.PostAsync("/v1/customers/none/wallets", """{ "id": "main" }""")).IsProblem(404, "customer.unknown");
        await caller.CreateAsync(Wallets, """{ "id": "main" }""");
        (await caller.PostAsync(Wallets, """{ "id": "main", "creditLimit": "1" }""")).IsProblem(409, "wallet.exists", "/id");
        (await caller.PostAsync(Grants, """{ "id": "g", "kind": "free", "amount": "1" }""")).IsProblem(422, "grant.kind_unknown", "/kind");
        (await caller.PostAsync(Grants, """{ "id": "g", "kind": "paid", "amount": "0.001" }""")).IsProblem(422, "grant.amount", "/amount");
        await caller.CreateAsync(Grants, """{ "id": "g", "kind": "paid", "amount": "1" }""");
        (await caller.PostAsync(Grants, """{ "id": "g", "kind": "paid", "amount": "2" }""")).IsProblem(409, "grant.exists", "/id");
        (await caller.PostAsync(Grants + "/none/void", "{}")).IsProblem(404, "grant.unknown");
        (await caller.GetAsync(Wallets + "/none")).IsProblem(404, "wallet.unknown");
        (await caller.GetAsync("/v1/customers/none/journal")).IsProblem(404, "customer.unknown");
        using var other = await host.NewTenantAsync();
        (await other.GetAsync(Wallets)).IsProblem(404, "customer.unknown");
    }
}
