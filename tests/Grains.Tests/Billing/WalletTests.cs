using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>ADR 0017; the plan bills 1.00 for each unit, so that amounts can be read off the usage.</summary>
public sealed class WalletTests
{
    private const string Plan = """
        {"id":"p","name":"Units","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","unitPrice":"1.00"}]}
        """;

    [Fact]
    public async Task An_invoice_draws_on_wallets_once_and_a_restart_from_snapshot_and_log_tells_the_same()
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("main", "EUR", 100, null, 10m)));
        await Grant(cluster, "main", new("top", CreditKind.Paid, 50m, null, null, "Card 4711"));
        await Grant(cluster, "main", new("gift", CreditKind.Promotional, 20m, null, null, null));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 65m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");

        var january = Assert.Single(await Invoices(cluster));
        Assert.Equal(["main/gift 20.00", "main/top 45.00"], Draws(january));
        Assert.Equal((65m, 65m, 0m), (january.Total, january.WalletAmount(), january.AmountDue()));
        Assert.Equal(
            ["1 grant top: wallet:main 50.00, cash -50.00",
                "2 grant gift: wallet:main 20.00, promotional-expense -20.00",
                "3 invoice INV-000001: receivable -65.00, revenue 65.00, wallet:main -20.00, wallet:main -45.00, receivable 65.00"],
            await Journal(cluster));
        // Into a snapshot, and on with only the log after it.
        await cluster.RestartAsync(snapshotAtStop: 1);
        await Use(cluster, "feb", "2026-02-15T00:00:00Z", 18m);
        await cluster.AdvanceAsync("t", "2026-03-01T01:00:00Z");
        var told = await Everything(cluster);
        await cluster.RestartAsync(snapshotAtStop: 1_000_000);
        Assert.Equal(told, await Everything(cluster));

        // 5.00 were left, 10.00 may be overdrawn, 3.00 remain to be paid; a top-up of 12.00 repays the 10.00 first.
        var february = (await Invoices(cluster))[0];
        Assert.Equal(["main/top 5.00", "main/limit 10.00"], Draws(february));
        Assert.Equal(3m, february.AmountDue());
        var topUp = await Grant(cluster, "main", new("top-2", CreditKind.Paid, 12m, null, null, null));
        Assert.Equal(("12.00", "2.00", "open"), ($"{topUp.Amount}", $"{topUp.Left}", topUp.Status));
        Assert.Equal("2.00", $"{Assert.Single((await Customer(cluster).Wallets())!).Current}");
        await Agrees(cluster);
    }

    [Fact]
    public async Task The_running_bill_tells_what_it_will_draw_and_what_is_still_available()
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("main", null, 100, null, 10m)));
        Ok(await Customer(cluster).OpenWallet(new("gifts", null, 50, null, 0m)));
        await Grant(cluster, "main", new("top", CreditKind.Paid, 50m, null, null, null));
        await Grant(cluster, "gifts", new("g", CreditKind.Promotional, 20m, null, At("2026-02-01T00:00:00Z"), null));
        await Use(cluster, "a", "2026-01-15T00:00:00Z", 65m);
        Assert.Equal(
            ["main 50.00 - 45.00 - 0.00 - 0.00 + 10.00 = 15.00", "gifts 20.00 - 20.00 - 0.00 - 0.00 + 0.00 = 0.00"], await Balances(cluster));
        await Use(cluster, "b", "2026-01-15T00:00:01Z", 20m);
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal((85m, 5m), (bill.Total, bill.AmountDue));
        Assert.Equal("main 50.00 - 60.00 - 0.00 - 0.00 + 10.00 = 0.00", (await Balances(cluster))[0]);

        // Within the grace January may still draw what has expired; usage of February may not.
        await cluster.AdvanceAsync("t", "2026-02-01T00:30:00Z");
        await Use(cluster, "c", "2026-02-01T00:10:00Z", 1m);
        bill = await cluster.BillAsync("t", "c");
        Assert.Equal((86m, 6m), (bill.Total, bill.AmountDue));
        Assert.Equal("gifts 20.00 - 20.00 - 0.00 - 0.00 + 0.00 = 0.00", (await Balances(cluster))[1]);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        Assert.Equal(
            ["main -10.00 - 0.00 - 0.00 - 0.00 + 10.00 = 0.00", "gifts 0.00 - 0.00 - 0.00 - 0.00 + 0.00 = 0.00"], await Balances(cluster));
        Assert.Equal(1m, (await cluster.BillAsync("t", "c")).AmountDue);
    }

    [Fact]
    public async Task What_expires_is_drawn_by_periods_that_ended_by_then_and_the_rest_is_posted_as_breakage_at_the_expiry()
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("w", null, 100, null, 0m)));
        await Grant(cluster, "w", new("mid", CreditKind.Paid, 7m, null, At("2026-01-20T00:00:00Z"), null));
        await Grant(cluster, "w", new("end", CreditKind.Promotional, 40m, null, At("2026-02-01T00:00:00Z"), null));
        await Grant(cluster, "w", new("ever", CreditKind.Paid, 100m, null, null, null));
        await Use(cluster, "a", "2026-01-15T00:00:00Z", 30m);

        await cluster.AdvanceAsync("t", "2026-01-20T00:59:59Z");
        Assert.Equal("w 147.00 - 30.00 - 0.00 - 7.00 + 0.00 = 110.00", Assert.Single(await Balances(cluster)));
        await cluster.AdvanceAsync("t", "2026-01-20T01:00:00Z");
        Assert.Equal("w 140.00 - 30.00 - 0.00 - 0.00 + 0.00 = 110.00", Assert.Single(await Balances(cluster)));

        // Late by half an hour, within the grace: still January's.
        await cluster.AdvanceAsync("t", "2026-02-01T00:30:00Z");
        await Use(cluster, "b", "2026-01-31T23:59:59Z", 3m);
        await cluster.AdvanceAsync("t", "2026-03-05T00:00:00Z");
        Assert.Equal(["w/end 33.00"], Draws(Assert.Single(await Invoices(cluster))));
        Assert.Equal(
            ["4 expiry mid: wallet:w -7.00, breakage 7.00",
                "5 invoice INV-000001: receivable -33.00, revenue 33.00, wallet:w -33.00, receivable 33.00",
                "6 expiry end: wallet:w -7.00, breakage 7.00"],
            (await Journal(cluster))[3..]);
        var last = (await Customer(cluster).Journal(null, 10))!.Items[^1];
        Assert.Equal((At("2026-02-01T00:00:00Z"), At("2026-03-05T00:00:00Z")), (last.At, last.RecordedAt));
        await Agrees(cluster);
    }

    /// <summary>
    /// January leaves 30.00 of 40.00: half of it, at most 12.00, goes on until March; February leaves 5.00, of which 2.50 go on, and that was
    /// the second time. Whether the clock goes month by month or at once, and whatever is restarted, the same comes of it.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_of_a_grant_goes_on_by_its_rule_and_the_rest_is_breakage(bool atOnce)
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("w", null, 100, null, 0m)));
        var grant = await Grant(cluster, "w", new(
            "gift", CreditKind.Promotional, 40m, null, At("2026-02-01T00:00:00Z"), null, null, new(BillingCycle.Monthly, "Etc/UTC", 50m, 12m, 2)));
        Assert.Equal((0, null), (grant.RolledOver, grant.RolledInto));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 10m);
        if (atOnce)
        {
            // Usage of February is there before January is invoiced.
            await cluster.AdvanceAsync("t", "2026-02-01T00:30:00Z");
            await Use(cluster, "feb", "2026-02-01T00:30:00Z", 7m);
            // 40.00 are there, 10.00 of January and 7.00 of February will be drawn, 18.00 of January's rest do not go on.
            Assert.Equal("w 40.00 - 17.00 - 0.00 - 18.00 + 0.00 = 5.00", Assert.Single(await Balances(cluster)));
        }
        else
        {
            await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
            Assert.Equal("w 12.00 - 0.00 - 0.00 - 0.00 + 0.00 = 12.00", Assert.Single(await Balances(cluster)));
            await cluster.RestartAsync();
            await Use(cluster, "feb", "2026-02-10T00:00:00Z", 7m);
            await cluster.AdvanceAsync("t", "2026-03-01T01:00:00Z");
        }
        await cluster.AdvanceAsync("t", "2026-03-15T00:00:00Z");
        await Use(cluster, "mar", "2026-03-15T00:00:00Z", 1m);
        await cluster.AdvanceAsync("t", "2026-04-01T02:00:00Z");
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);

        Assert.Equal(
            ["w/gift 10.00", "w/gift~1 7.00", "w/gift~2 1.00"], (await Invoices(cluster)).OrderBy(i => i.PeriodEnd).SelectMany(Draws));
        Assert.Equal(
            ["expiry gift: wallet:w -30.00, wallet:w 12.00, breakage 18.00", "expiry gift~1: wallet:w -5.00, wallet:w 2.50, breakage 2.50",
                "expiry gift~2: wallet:w -1.50, breakage 1.50"],
            (await Journal(cluster)).Where(e => e.Contains("expiry", StringComparison.Ordinal)).Select(e => e[(e.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.Equal("w 0.00 - 0.00 - 0.00 - 0.00 + 0.00 = 0.00", Assert.Single(await Balances(cluster)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_roll_over_that_makes_no_sense_is_refused_with_all_that_is_wrong()
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("w", null, 100, At("2027-01-01T00:00:00Z"), 0m)));
        Refused(
            await Customer(cluster).Grant("w", new(
                new string('x', 121), CreditKind.Paid, 1m, null, null, null, null, new(new(CycleUnit.Month, 0), "Mars", 0m, 0.001m, 0))),
            CommandOutcome.Rejected, "grant.roll_over_without_expiry", "grant.roll_over_id", "grant.roll_over_cycle", "grant.roll_over_zone",
            "grant.roll_over_percent", "grant.roll_over_maximum", "grant.roll_over_times");
        var spec = new GrantSpec(
            "g", CreditKind.Paid, 1m, null, At("2026-06-01T00:00:00Z"), null, null, new(BillingCycle.Monthly, "Etc/UTC", 50.0m, 3m, 1));
        Assert.Equal(CommandOutcome.Created, (await Customer(cluster).Grant("w", spec)).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await Customer(cluster).Grant("w", spec)).Outcome);
        Refused(await Customer(cluster).Grant("w", spec with { RollOver = spec.RollOver! with { Times = 2 } }), CommandOutcome.Conflict, "grant.exists");
    }

    [Fact]
    public async Task Money_that_comes_in_the_grace_is_drawn_by_the_period_that_ended()
    {
        await using var cluster = await Prepared();
        Ok(await Customer(cluster).OpenWallet(new("w", null, 100, null, 0m)));
        await Use(cluster, "a", "2026-01-15T00:00:00Z", 30m);
        await cluster.AdvanceAsync("t", "2026-02-01T00:59:59Z");
        await Grant(cluster, "w", new("g", CreditKind.Paid, 12m, null, null, null));
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        Assert.Equal(18m, Assert.Single(await Invoices(cluster)).AmountDue());
        await Grant(cluster, "w", new("late", CreditKind.Paid, 12m, null, null, null));
        Assert.Equal(18m, Assert.Single(await Invoices(cluster)).AmountDue());
        await Agrees(cluster);
    }

    [Fact]
    public async Task Grants_count_once_and_the_rest_of_one_is_voided_once()
    {
        await using var cluster = await Prepared();
        var spec = new WalletSpec("w", null, 100, At("2026-06-01T00:00:00Z"), 0m);
        Ok(await Customer(cluster).OpenWallet(spec));
        Assert.Equal(CommandOutcome.Unchanged, (await Customer(cluster).OpenWallet(spec with { Currency = "EUR" })).Outcome);
        Refused(await Customer(cluster).OpenWallet(spec with { CreditLimit = 1m }), CommandOutcome.Conflict, "wallet.exists");

        var grant = new GrantSpec("g", CreditKind.Paid, 10m, null, null, null);
        var first = await Grant(cluster, "w", grant);
        Assert.Equal((100, At("2026-06-01T00:00:00Z")), (first.Priority, first.ExpiresAt));
        var again = await Customer(cluster).Grant("w", grant);
        Assert.Equal((CommandOutcome.Unchanged, first), (again.Outcome, again.Value));
        Refused(await Customer(cluster).Grant("w", grant with { Amount = 11m }), CommandOutcome.Conflict, "grant.exists");
        Refused(await Customer(cluster).Grant("w", grant with { Kind = CreditKind.Promotional }), CommandOutcome.Conflict, "grant.exists");

        await Use(cluster, "a", "2026-01-15T00:00:00Z", 4m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        var voided = Ok(await Customer(cluster).VoidGrant("w", "g", "reversed"));
        Assert.Equal(("voided", "0.00"), (voided.Status, $"{voided.Left}"));
        Assert.Equal(CommandOutcome.Unchanged, (await Customer(cluster).VoidGrant("w", "g", null)).Outcome);
        Assert.Equal("3 void g: wallet:w -6.00, cash 6.00", (await Journal(cluster))[^1]);
        Assert.Equal(CommandOutcome.Unchanged, (await Customer(cluster).Grant("w", grant)).Outcome);
        await Agrees(cluster);
    }

    [Fact]
    public async Task Wallets_and_grants_that_make_no_sense_are_refused_with_all_that_is_wrong()
    {
        await using var cluster = await Prepared();
        var customer = Customer(cluster);
        Refused(
            await customer.OpenWallet(new("w", "USD", 0, At("2026-01-01T00:00:00Z"), -1m)), CommandOutcome.Rejected,
            "wallet.currency", "wallet.priority", "wallet.expiry_past", "wallet.credit_limit");
        Refused(await customer.OpenWallet(new("w", null, 100, null, 0.001m)), CommandOutcome.Rejected, "wallet.credit_limit");
        Ok(await customer.OpenWallet(new("w", null, 1_000, At("2026-06-01T00:00:00Z"), 0m)));
        Refused(
            await customer.Grant("w", new("g", CreditKind.Paid, 0m, 1_001, At("2026-06-01T00:00:01Z"), null)), CommandOutcome.Rejected,
            "grant.amount", "grant.priority", "grant.expiry_after_wallet");
        Refused(
            await customer.Grant("w", new("g", CreditKind.Paid, 1e15m, null, At("2026-01-01T00:00:00Z"), null)), CommandOutcome.Rejected,
            "grant.amount", "grant.expiry_past");
        Refused(await customer.Grant("none", new("g", CreditKind.Paid, 1m, null, null, null)), CommandOutcome.NotFound, "wallet.unknown");
        Refused(await customer.VoidGrant("w", "none", null), CommandOutcome.NotFound, "grant.unknown");
        Refused(
            await cluster.Customer("t", "nobody").OpenWallet(new("w", null, 1, null, 0m)), CommandOutcome.NotFound, "customer.unknown");
        Assert.Null(await cluster.Customer("t", "nobody").Wallets());
        Assert.Null(await cluster.Customer("t", "nobody").Journal(null, 1));
        await Grant(cluster, "w", new("g", CreditKind.Paid, 1m, null, null, null));
        await cluster.AdvanceAsync("t", "2026-06-01T00:00:00Z");
        Refused(await customer.VoidGrant("w", "g", null), CommandOutcome.Conflict, "grant.expired");
        Refused(await customer.Grant("w", new("h", CreditKind.Paid, 1m, null, null, null)), CommandOutcome.Conflict, "wallet.expired");
    }

    [Fact]
    public async Task A_journal_is_read_in_pages_and_has_the_invoices_from_before_the_first_wallet()
    {
        await using var cluster = await Prepared();
        await Use(cluster, "a", "2026-01-15T00:00:00Z", 4m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        Assert.Equal(["1 invoice INV-000001: receivable -4.00, revenue 4.00"], await Journal(cluster));
        Ok(await Customer(cluster).OpenWallet(new("w", null, 100, null, 5m)));
        await Grant(cluster, "w", new("g", CreditKind.Paid, 1m, null, null, null));
        var page = (await Customer(cluster).Journal(null, 1))!;
        Assert.Equal(("1", 1), (page.Next, Assert.Single(page.Items).Number));
        page = (await Customer(cluster).Journal(page.Next, 1))!;
        Assert.Equal((null, 2), (page.Next, Assert.Single(page.Items).Number));
        await Agrees(cluster);
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "1");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        return cluster;
    }

    private static ICustomerGrain Customer(BillingCluster cluster) => cluster.Customer("t", "c");

    /// <summary>Moves the clock to the usage and sends it.</summary>
    private static async Task Use(BillingCluster cluster, string id, string time, decimal units)
    {
        var now = (await Customer(cluster).Bill())!.AsOf;
        if (At(time) > now)
        {
            await cluster.AdvanceAsync("t", time);
        }
        Assert.Null((await cluster.SendAsync("t", Event(id, "d", "m", time, units))).Code);
    }

    private static async Task<GrantView> Grant(BillingCluster cluster, string wallet, GrantSpec spec)
    {
        var result = await Customer(cluster).Grant(wallet, spec);
        Ok(result);
        Assert.Equal(CommandOutcome.Created, result.Outcome);
        return result.Value!;
    }

    private static async Task<InvoiceView[]> Invoices(BillingCluster cluster) => (await Customer(cluster).Invoices(null, 100)).Items;

    private static string[] Draws(InvoiceView invoice) =>
        [.. (invoice.WalletDraws ?? []).Select(d => $"{d.Wallet}/{d.Grant ?? "limit"} {d.Amount}")];

    private static async Task<string[]> Journal(BillingCluster cluster) => [.. (await Customer(cluster).Journal(null, 100))!.Items.Select(e =>
        $"{e.Number} {e.Kind} {e.Reference}: {string.Join(", ", e.Postings.Select(p => $"{p.Account} {p.Amount}"))}")];

    private static async Task<string[]> Balances(BillingCluster cluster) => [.. (await cluster.BillAsync("t", "c")).Wallets!.Select(w =>
        $"{w.Wallet} {w.Current} - {w.Accrued} - {w.Reserved} - {w.Expired} + {w.CreditLimit} = {w.Available}")];

    /// <summary>All that is told of the customer.</summary>
    private static async Task<string> Everything(BillingCluster cluster) => JsonSerializer.Serialize(
        new
        {
            Wallets = await Customer(cluster).Wallets(),
            Journal = await Customer(cluster).Journal(null, 100),
            Invoices = await Invoices(cluster),
            Bill = await Customer(cluster).Bill(),
        },
        BillingJson.Options);

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static void Refused<T>(CommandResult<T> result, CommandOutcome outcome, params string[] codes) where T : class
    {
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(codes, result.Errors.Select(e => e.Code));
    }
}
