using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using static OrleansBilling.Core.Tests.Balances.GivenCredit;

namespace OrleansBilling.Core.Tests.Balances;

public class LedgerTests
{
    [Fact]
    public void A_month_of_a_wallet_by_hand()
    {
        // In 50.00 paid and 20.00 given; an invoice of 65.00 takes the gift and 45.00; 5.00 are paid back.
        var ledger = Ledger(Wallet("w")).Granted("w", "top", CreditKind.Paid, 50m).Granted("w", "gift", CreditKind.Promotional, 20m);
        var draws = ledger.Purse().Draw(Euro(65m), February, February);
        var invoice = Postings.OfInvoice(Euro(65m), Euro(0m), [.. draws]);
        Assert.Equal(
            ["receivable -65.00", "revenue 65.00", "wallet:w/gift -20.00", "wallet:w/top -45.00", "receivable 65.00"], Texts(invoice));
        ledger.Post(invoice);
        var rest = Postings.OfEnd(ledger.Find("w", "top")!, ledger.Left(ledger.Find("w", "top")!), expired: false);
        Assert.Equal(["wallet:w/top -5.00", "cash 5.00"], Texts(rest));
        ledger.Post(rest);
        Assert.Equal(
            ["cash -45.00", "promotional-expense -20.00", "receivable 0.00", "revenue 65.00", "wallet:w 0.00"],
            ledger.Balances.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => $"{b.Key} {b.Value}"));
    }

    [Fact]
    public void A_grant_first_repays_what_the_wallet_owes()
    {
        var ledger = Ledger(Wallet("w", creditLimit: 40m));
        ledger.Post(Postings.OfInvoice(Euro(30m), Euro(0m), [.. ledger.Purse().Draw(Euro(30m), February, February)]));
        Assert.Equal((Euro(30m), Euro(-30m)), (ledger.Owed("w"), ledger.Balance("wallet:w")));
        var grant = new CreditGrant("w", "top", CreditKind.Paid, Euro(100m), 100, null, February, null);
        Assert.Equal(
            ["wallet:w/top 100.00", "cash -100.00", "wallet:w/top -30.00", "wallet:w 30.00"], Texts(Postings.OfGrant(grant, Euro(30m))));
        ledger.Granted("w", "small", CreditKind.Paid, 20m).Granted("w", "top", CreditKind.Paid, 100m);
        Assert.Equal((Euro(0m), Euro(90m)), (ledger.Owed("w"), ledger.Balance("wallet:w")));
        Assert.Equal(
            (Euro(0m), Euro(90m)), (ledger.Left(ledger.Find("w", "small")!), ledger.Left(ledger.Find("w", "top")!)));
    }

    [Theory]
    [InlineData(CreditKind.Paid, true, "breakage")]
    [InlineData(CreditKind.Promotional, true, "breakage")]
    [InlineData(CreditKind.Paid, false, "cash")]
    [InlineData(CreditKind.Promotional, false, "promotional-expense")]
    public void The_rest_of_a_grant_goes_where_it_belongs(CreditKind kind, bool expired, string account)
    {
        var grant = new CreditGrant("w", "g", kind, Euro(10m), 100, null, Start, null);
        Assert.Equal(["wallet:w/g -4.00", $"{account} 4.00"], Texts(Postings.OfEnd(grant, Euro(4m), expired)));
    }

    [Fact]
    public void An_invoice_without_draws_is_owed_and_a_credit_is_owed_to_the_customer()
    {
        Assert.Equal(["receivable -7.00", "revenue 7.00"], Texts(Postings.OfInvoice(Euro(7m), Euro(0m), [])));
        Assert.Equal(["receivable 7.00", "revenue -7.00"], Texts(Postings.OfInvoice(Euro(-7m), Euro(0m), [])));
        Assert.Empty(Postings.OfInvoice(Euro(0m), Euro(0m), []));
    }

    [Fact]
    public void Postings_that_do_not_add_up_are_refused()
    {
        var ledger = Ledger(Wallet("w"));
        Assert.Throws<InvalidOperationException>(() => ledger.Post([new("cash", null, Euro(1m)), new("wallet:w", "g", Euro(1m))]));
        Assert.Empty(ledger.Balances);
    }

    /// <summary>Random months: every entry adds up to zero, balances are sums, a replay gives the same, nothing is overdrawn.</summary>
    [Fact]
    public void Any_history_balances_and_replays() =>
        Gen.Select(Gen.Int[0, 4], Gen.Long[1, 5_000], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[0, 5]).Array[1, 40].Sample(steps =>
        {
            Wallet[] wallets = [Wallet("a"), Wallet("b", creditLimit: 15m), Wallet("c", priority: 1, creditLimit: 2.5m)];
            var (live, entries, invoiced, drawn) = (Ledger(wallets), new List<Posting[]>(), 0L, 0L);
            for (var i = 0; i < steps.Length; i++)
            {
                var (what, units, wallet, priority, months) = steps[i];
                var end = Start + Duration.FromDays(30 * i);
                var open = live.Grants.FirstOrDefault(g => live.Left(g).MinorUnits > 0);
                Posting[] entry;
                if (what < 2)
                {
                    var grant = new CreditGrant(
                        wallets[wallet].Id, $"g{i}", what == 0 ? CreditKind.Paid : CreditKind.Promotional, new(units, Eur), priority,
                        months == 0 ? null : end + Duration.FromDays(30 * months), end, null);
                    entry = Postings.OfGrant(grant, live.Owed(grant.Wallet));
                    live.Add(grant);
                }
                else if (what == 2 && open is not null)
                {
                    entry = Postings.OfEnd(open, live.Left(open), expired: priority == 1);
                }
                else
                {
                    var draws = live.Purse().Draw(new(units, Eur), end, end);
                    entry = Postings.OfInvoice(new(units, Eur), Euro(0m), draws);
                    invoiced += units;
                    drawn += draws.Sum(d => d.Amount.MinorUnits);
                }
                live.Post(entry);
                entries.Add(entry);
                if (entry.Sum(p => p.Amount.MinorUnits) != 0
                    || live.Grants.Any(g => live.Left(g).MinorUnits < 0 || live.Left(g).MinorUnits > g.Amount.MinorUnits)
                    || wallets.Any(w => live.Owed(w.Id).MinorUnits < 0 || live.Owed(w.Id).MinorUnits > w.CreditLimit.MinorUnits))
                {
                    return false;
                }
            }
            var replayed = Ledger(wallets);
            foreach (var entry in entries)
            {
                replayed.Post(entry);
            }
            return live.Balances.OrderBy(b => b.Key).SequenceEqual(replayed.Balances.OrderBy(b => b.Key))
                && live.Balances.All(b => b.Value.MinorUnits
                    == entries.SelectMany(e => e).Where(p => p.Account == b.Key).Sum(p => p.Amount.MinorUnits))
                && live.Balance(Accounts.Receivable).MinorUnits == drawn - invoiced
                && live.Balances.Sum(b => b.Value.MinorUnits) == 0;
        });
}
