using OrleansBilling.Core.Accounting;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Core.Tests.Accounting;

public class TrialBalanceTests
{
    private static readonly Currency Eur = Currency.FromCode("EUR");
    private static readonly Currency Jpy = Currency.FromCode("JPY");

    /// <remarks>Invoices with tax and wallet draws, credit notes, payments, reversals and write-offs, before and in the period.</remarks>
    private static readonly Gen<(Posting[] Postings, bool Before)> Entry = Gen.Select(
        Gen.Int[0, 4], Gen.Long[-1_000_000, 1_000_000], Gen.Long[0, 200_000], Gen.Bool, Gen.Bool, (kind, amount, tax, isYen, before) =>
        {
            var currency = isYen ? Jpy : Eur;
            var (gross, part) = (new Money(amount, currency), new Money(tax, currency));
            return (kind switch
            {
                0 => Postings.OfInvoice(gross, part, []),
                1 => Postings.OfInvoice(gross, part, [new WalletDraw($"w{tax % 3}", "g", part)]),
                2 => Postings.OfCreditNote(gross, part),
                3 => Postings.OfPayment(gross),
                _ => Postings.OfWriteOff(gross),
            }, before);
        });

    [Fact]
    public void Balances_of_a_currency_add_up_to_zero_and_its_debits_are_its_credits() => Entry.List[0, 60].Sample(entries =>
    {
        foreach (var currency in Balance(entries).Lines.GroupBy(l => l.Currency))
        {
            Assert.Equal((0m, 0m), (currency.Sum(l => l.Opening), currency.Sum(l => l.Closing)));
            Assert.Equal(currency.Sum(l => l.Debits), currency.Sum(l => l.Credits));
            Assert.All(currency, l => Assert.True(l is { Debits: >= 0m, Credits: >= 0m }));
        }
    });

    [Fact]
    public void Parts_of_the_journals_add_up_to_the_whole() => Gen.Select(Entry.List[0, 30], Entry.List[0, 30]).Sample((some, others) =>
    {
        var sum = Balance(some);
        foreach (var line in Balance(others).Lines)
        {
            sum.Add(line);
        }
        Assert.Equal(Balance([.. some, .. others]).Lines, sum.Lines);
    });

    [Fact]
    public void What_was_closed_is_what_the_next_period_opens_with() => Entry.List[0, 60].Sample(entries =>
        Assert.Equal(
            Balance(entries).Lines.Select(l => (l.Account, l.Currency, l.Closing)),
            Balance([.. entries.Select(e => (e.Postings, true))]).Lines.Select(l => (l.Account, l.Currency, l.Opening))));

    [Fact]
    public void Wallets_are_one_account()
    {
        var balance = Balance([(Postings.OfInvoice(new(1000, Eur), Money.Zero(Eur), [new("a", "g", new(300, Eur)), new("b", null, new(200, Eur))]), false)]);
        Assert.Equal(
            ["receivable 10 5 -5", "revenue 0 10 10", "wallets 5 0 -5"],
            balance.Lines.Select(l => FormattableString.Invariant($"{l.Account} {l.Debits} {l.Credits} {l.Closing}")));
    }

    private static TrialBalance Balance(IEnumerable<(Posting[] Postings, bool Before)> entries)
    {
        var balance = new TrialBalance();
        foreach (var (postings, before) in entries)
        {
            if (before)
            {
                balance.Open(postings);
            }
            else
            {
                balance.Post(postings);
            }
        }
        return balance;
    }
}
