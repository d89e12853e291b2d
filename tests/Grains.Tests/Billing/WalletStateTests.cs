using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Auditing;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Wallets in a partition's state, built of facts alone.</summary>
public sealed class WalletStateTests
{
    private static readonly Currency Eur = Currency.FromCode("EUR");

    /// <summary>Subscription a bills from the 1st, b from the 15th; b's partition is the faster one.</summary>
    [Fact]
    public void With_a_wallet_a_later_period_waits_for_an_earlier_one_of_another_subscription()
    {
        var (state, customer) = Prepared();
        Apply(state, Statement("b", 0, "2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z", 10m));
        Assert.Equal([At("2026-02-15T00:00:00Z")], customer.Due().Select(d => d.PeriodEnd));
        Apply(state, Opened());
        Assert.Empty(customer.Due());
        Apply(state, Statement("a", 0, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", 5m));
        Assert.Equal([At("2026-02-01T00:00:00Z"), At("2026-02-15T00:00:00Z")], customer.Due().Select(d => d.PeriodEnd));
    }

    [Fact]
    public void A_subscription_that_has_not_begun_or_has_ended_is_not_waited_for()
    {
        var (state, customer) = Prepared();
        Apply(state, Opened());
        Apply(state, new CustomerSubscriptionEnded("t", "c", "a", At("2026-01-20T00:00:00Z")));
        Apply(state, Subscribed("new", "2026-05-01", "2026-05-01T00:00:00Z"));
        Apply(state, Statement("b", 0, "2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z", 10m));
        Assert.Empty(customer.Due());
        Apply(state, Statement("a", 0, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", 5m));
        Assert.Equal(2, customer.Due().Count());
        Apply(state, Invoice("INV-1", "2026-02-01T00:00:00Z", 5m));
        Apply(state, Invoice("INV-2", "2026-02-15T00:00:00Z", 10m));
        // March of a, which ended in January, is told by nobody.
        Apply(state, Statement("b", 1, "2026-02-15T00:00:00Z", "2026-03-15T00:00:00Z", 10m));
        Assert.Equal([At("2026-03-15T00:00:00Z")], customer.Due().Select(d => d.PeriodEnd));
    }

    [Fact]
    public void A_grant_expires_only_when_every_period_that_may_draw_it_is_invoiced_and_the_grace_is_over()
    {
        var (state, customer) = Prepared();
        Apply(state, Opened());
        Apply(state, Granted(20m, "2026-02-01T00:00:00Z"));
        Apply(state, new Sealed("t", null, At("2026-01-31T23:59:59Z")));
        Apply(state, Statement("a", 0, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", 5m));
        Apply(state, Invoice("INV-1", "2026-02-01T00:00:00Z", 5m, new WalletDraw("w", "g", new(500, Eur))));
        Assert.Empty(customer.ExpiryDue());
        Apply(state, new Sealed("t", null, At("2026-02-01T00:00:00Z")));
        Assert.Equal("g", Assert.Single(customer.ExpiryDue()).Id);

        // The same with the statement of January missing: its invoice may still draw.
        (state, customer) = Prepared();
        Apply(state, Opened());
        Apply(state, Granted(20m, "2026-02-01T00:00:00Z"));
        Apply(state, new Sealed("t", null, At("2026-02-03T00:00:00Z")));
        Assert.Empty(customer.ExpiryDue());
        Apply(state, Statement("a", 0, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", 5m));
        Assert.Empty(customer.ExpiryDue());
        Assert.Equal(["w/g 5.00"], customer.Draw(customer.Sum(customer.Due().Single().Statements[0].Lines), At("2026-02-01T00:00:00Z"), [])!
            .Select(d => $"{d.Wallet}/{d.Grant} {d.Amount}"));
    }

    [Fact]
    public void Snapshots_tell_wallets_and_invoices_in_their_order_and_each_record_survives_its_stored_form()
    {
        var (state, customer) = Prepared();
        Apply(state, Invoice("INV-1", "2026-02-01T00:00:00Z", 5m));
        Apply(state, Opened());
        Apply(state, Granted(20m, null));
        Apply(state, Invoice("INV-2", "2026-03-01T00:00:00Z", 8m, new WalletDraw("w", "g", new(800, Eur))));
        Apply(state, new GrantEnded(
            "t", "c", "w", "g", false, At("2026-03-02T00:00:00Z"), At("2026-03-02T00:00:00Z"), "reversed",
            Postings.OfEnd(customer.Wallets!.Ledger.Find("w", "g")!, new(1_200, Eur), expired: false)));
        var copy = new PartitionState(4);
        state.WriteSnapshot(record => copy.Apply(record, 0));
        var restored = copy.Customers.Find(copy.Tenant("t")!, "c")!;
        Assert.Equal(Texts(customer), Texts(restored));
        Assert.Equal(["INV-1", "g", "INV-2", "g"], restored.Journal.Select(e => e.Reference));
        Assert.Empty(JournalComparison.Compare(restored));
    }

    [Fact]
    public void An_invoice_of_before_wallets_is_stored_byte_for_byte_as_it_was() => Assert.DoesNotContain(
        "walletDraws", System.Text.Encoding.UTF8.GetString(RareRecordCodec.Encode(Invoice("INV-1", "2026-02-01T00:00:00Z", 5m))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(700, null, "journal.differs")]
    [InlineData(800, "other", "journal.differs")]
    [InlineData(800, null, null)]
    public void The_audit_finds_an_invoice_that_drew_something_else(long drawn, string? grant, string? finding)
    {
        var (state, customer) = Prepared();
        Apply(state, Opened());
        Apply(state, Granted(20m, null));
        Apply(state, Granted(20m, null, "other"));
        Apply(state, Invoice("INV-1", "2026-03-01T00:00:00Z", 8m, new WalletDraw("w", grant ?? "g", new(drawn, Eur))));
        Assert.Equal(finding is null ? [] : [finding], JournalComparison.Compare(customer).Select(f => f.Code));
    }

    [Fact]
    public void The_audit_finds_a_breakage_that_is_posted_for_another_instant()
    {
        var (state, customer) = Prepared();
        Apply(state, Opened());
        Apply(state, Granted(20m, "2026-02-01T00:00:00Z"));
        var grant = customer.Wallets!.Ledger.Find("w", "g")!;
        Apply(state, new GrantEnded(
            "t", "c", "w", "g", true, At("2026-02-02T00:00:00Z"), At("2026-02-02T00:00:00Z"), null,
            Postings.OfEnd(grant, grant.Amount, expired: true)));
        Assert.Equal(["journal.differs"], JournalComparison.Compare(customer).Select(f => f.Code));
    }

    private static (PartitionState, CustomerState) Prepared()
    {
        var state = new PartitionState(4);
        Apply(state, new TenantLearned(new("t", "t", null, TimeSpan.FromHours(1), TimeSpan.FromDays(35))));
        Apply(state, new CustomerRegistered("t", new("c", "c", "EUR", null, [])));
        Apply(state, Subscribed("a", "2026-01-01", "2026-01-01T00:00:00Z"));
        Apply(state, Subscribed("b", "2026-01-15", "2026-01-15T00:00:00Z"));
        return (state, state.Customers.Find(state.Tenant("t")!, "c")!);
    }

    /// <summary>As replay does: through the stored form.</summary>
    private static void Apply(PartitionState state, object fact) => state.Apply(RareRecordCodec.Encode(fact), 0);

    private static CustomerSubscribed Subscribed(string id, string anchor, string start) => new(
        "t", new(id, "c", "p", 1, "EUR", At(start), null, "UTC", anchor), BillingCycle.Monthly);

    private static WalletOpened Opened() => new("t", "c", new("w", 100, null, Money.Zero(Eur), At("2026-01-10T00:00:00Z")));

    private static CreditGranted Granted(decimal amount, string? expiresAt, string id = "g")
    {
        var grant = new CreditGrant(
            "w", id, CreditKind.Paid, Money.FromExact(amount, Eur, LineRounding.HalfEven), 100, expiresAt is null ? null : At(expiresAt),
            At("2026-01-10T00:00:00Z"), null);
        return new("t", "c", grant, Postings.OfGrant(grant, Money.Zero(Eur)));
    }

    private static StatementTaken Statement(string subscription, int period, string start, string end, decimal amount) => new(
        new("t", subscription, "c", period, At(start), At(end), [Line(subscription, At(start), At(end), amount)]));

    private static InvoiceIssued Invoice(string id, string periodEnd, decimal amount, params WalletDraw[] draws)
    {
        var end = At(periodEnd);
        return new("t", id, new InvoiceView(
            id, new CustomerView("c", "c", "EUR", null, [], ["a", "b"]), "EUR", end, end + Duration.FromHours(1), amount,
            [Line("a", end - Duration.FromDays(28), end, amount)], draws.Length == 0 ? null : draws), [0]);
    }

    private static InvoiceLine Line(string subscription, Instant start, Instant end, decimal amount) => new(
        1, "use", "Use", "usage", subscription, start, end, amount, "1", 1, amount, Money.FromExact(amount, Eur, LineRounding.HalfEven), []);

    private static string[] Texts(CustomerState customer) =>
        [.. customer.Facts().Select(f => System.Text.Encoding.UTF8.GetString(RareRecordCodec.Encode(f)))];
}
