using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Accounting;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.Tests.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Accounting;

/// <summary>Journals of all customers by the time of posting, over invoices, payments, credit notes, write-offs, refunds and wallets.</summary>
public sealed class AccountingTests
{
    private static readonly string[] Customers = ["a", "b", "c", "d"];
    private static readonly Instant Start = At("2026-01-01T00:00:00Z");
    private static readonly Instant End = At("2026-06-01T00:00:00Z");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_happens_the_trial_balance_is_balanced_and_says_what_the_journals_say(int seed)
    {
        await using var cluster = await LivedAsync(new(seed));
        var entries = await EntriesAsync(cluster, Start, End, 1_000);
        var journals = new List<(string Customer, JournalEntry Entry)>();
        foreach (var id in Customers)
        {
            journals.AddRange((await cluster.Customer("t", id).Journal(null, 10_000))!.Items.Select(e => (id, e)));
        }
        Assert.True(entries.Select(e => e.Entry.Kind).Distinct().Count() >= 6, string.Join(' ', entries.Select(e => e.Entry.Kind).Distinct()));
        Assert.Equal(journals.Select(j => (j.Customer, j.Entry.Number)), entries.Select(e => (e.Customer, e.Entry.Number)));
        Assert.All(entries, e => Assert.Equal(0m, e.Entry.Postings.Sum(p => p.Amount.ToDecimal())));

        Instant[] times = [Start, At("2026-02-01T01:00:00Z"), At("2026-03-01T01:00:00Z"), At("2026-03-15T00:00:00Z"), End];
        TrialBalanceLine[] opening = [];
        foreach (var (from, to) in times.Zip(times.Skip(1)))
        {
            var balance = await BalanceAsync(cluster, from, to);
            Assert.All(balance.GroupBy(l => l.Currency), c => Assert.Equal(
                (0m, 0m, c.Sum(l => l.Debits)), (c.Sum(l => l.Opening), c.Sum(l => l.Closing), c.Sum(l => l.Credits))));
            Assert.All(opening, o => Assert.Equal(o.Closing, balance.Single(l => l.Account == o.Account && l.Currency == o.Currency).Opening));
            var expected = new TrialBalance();
            Array.ForEach(Before(entries, from), e => expected.Open(e.Entry.Postings));
            Array.ForEach(await EntriesAsync(cluster, from, to, 1_000), e => expected.Post(e.Entry.Postings));
            Assert.Equal(expected.Lines, balance);
            opening = balance;
        }
    }

    [Fact]
    public async Task A_time_that_has_passed_says_the_same_for_ever_page_by_page()
    {
        await using var cluster = await LivedAsync(new(3));
        var (from, to) = (At("2026-02-01T00:00:00Z"), At("2026-03-10T00:00:00Z"));
        var before = Told(await EntriesAsync(cluster, from, to, 1_000));
        Assert.NotEmpty(before);
        Assert.Equal(before, Told(await EntriesAsync(cluster, from, to, 1)));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-07-01T12:00:00Z");
        Ok(await cluster.Customer("t", "a").RecordPayment(new("late", 1m, At("2026-02-15T00:00:00Z"), null, null, null)));
        await cluster.RestartAsync();
        Assert.Equal(before, Told(await EntriesAsync(cluster, from, to, 7)));
        Assert.Equal(
            Told((await EntriesAsync(cluster, from, to, 1_000)).Where(e => e.Currency == "JPY")),
            Told(await EntriesAsync(cluster, from, to, 1_000, "JPY")));
    }

    private static async Task<BillingCluster> LivedAsync(Random dice)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        foreach (var (plan, currency, fee) in new[] { ("p", "EUR", "29.50"), ("q", "JPY", "3100") })
        {
            await cluster.PublishAsync("t", $$"""{"id":"{{plan}}","currency":"{{currency}}","charges":[{"id":"fee","kind":"recurring","amount":"{{fee}}"}]}""");
        }
        TaxRegistration german = new("DE", TaxRegistrationKind.Ordinary, "DE136695976", new(2020, 1, 1));
        var tax = new LegalEntityTax([german], TaxClasses.Telecommunications, false, TaxRounding.PerInvoice, false, null);
        // A review would hold invoices; in euro only, so that no exchange rates are needed.
        Ok(await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: false) with { Tax = tax }));
        foreach (var id in Customers)
        {
            var isYen = id == "d";
            Ok(await cluster.Customer("t", id).Register(InvoiceSealTests.Customer(id, isYen ? null : "de") with
            {
                Currency = isYen ? "JPY" : "EUR", Country = "DE", PostalCode = "20457",
            }));
            await cluster.SubscribeAsync("t", id, $"s-{id}", isYen ? "q" : "p", "2026-01-01T00:00:00Z", registered: true);
        }
        for (var month = 1; month <= 4; month++)
        {
            foreach (var day in new[] { "02", "12", "22" })
            {
                await cluster.AdvanceAsync("t", $"2026-{month.ToString("00", CultureInfo.InvariantCulture)}-{day}T12:00:00Z");
                foreach (var id in Customers)
                {
                    await ActAsync(cluster.Customer("t", id), dice, $"{month}-{day}");
                }
            }
        }
        return cluster;
    }

    /// <summary>Something of everything; what does not fit is refused, and that is fine.</summary>
    private static async Task ActAsync(ICustomerGrain customer, Random dice, string name)
    {
        var invoices = (await customer.Invoices(null, 100)).Items;
        var some = invoices.Length == 0 ? "none" : invoices[dice.Next(invoices.Length)].Id;
        decimal amount = dice.Next(1, 40);
        await customer.OpenWallet(new("w", null, 100, null, 0m));
        await customer.RecordPayment(new($"p-{name}", amount, null, null, null, null));
        switch (dice.Next(6))
        {
            case 0: await customer.ReversePayment($"p-{name}", "charged back"); break;
            case 1: await customer.IssueCreditNote(new($"n-{name}", some, "part", [new(1, amount)])); break;
            case 2: await customer.IssueCreditNote(new($"n-{name}", some, "void", null)); break;
            case 3: await customer.WriteOff(some, "insolvent"); break;
            case 4:
                await customer.Grant("w", new($"g-{name}", CreditKind.Promotional, amount, null, null, null));
                await customer.VoidGrant("w", $"g-{name}", "mistake");
                break;
            default: await customer.Grant("w", new($"g-{name}", CreditKind.Paid, amount, null, At("2026-05-15T00:00:00Z"), null)); break;
        }
        await customer.Refund(new($"r-{name}", 1m, null));
    }

    private static AccountingEntry[] Before(AccountingEntry[] entries, Instant from) => [.. entries.Where(e => e.Entry.RecordedAt < from)];

    private static async Task<AccountingEntry[]> EntriesAsync(BillingCluster cluster, Instant from, Instant to, int page, string? currency = null)
    {
        var all = new List<AccountingEntry>();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            var query = new AccountingQuery("t", from, to, currency, null, 0, page);
            while (await cluster.Grains.GetGrain<IPartitionGrain>(p).AccountingEntries(query) is { Length: > 0 } some)
            {
                all.AddRange(some);
                query = query with { AfterCustomer = some[^1].Customer, AfterNumber = some[^1].Entry.Number };
            }
        }
        return [.. all.OrderBy(e => e.Customer, StringComparer.Ordinal).ThenBy(e => e.Entry.Number)];
    }

    private static async Task<TrialBalanceLine[]> BalanceAsync(BillingCluster cluster, Instant from, Instant to)
    {
        var balance = new TrialBalance();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            Array.ForEach(await cluster.Grains.GetGrain<IPartitionGrain>(p).AccountTotals("t", from, to), balance.Add);
        }
        return [.. balance.Lines];
    }

    private static string[] Told(IEnumerable<AccountingEntry> entries) =>
        [.. entries.Select(e => System.Text.Json.JsonSerializer.Serialize(e, Contracts.Serialization.BillingJson.Options))];
}
