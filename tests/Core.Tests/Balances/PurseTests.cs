using OrleansBilling.Core.Balances;
using static OrleansBilling.Core.Tests.Balances.GivenCredit;

namespace OrleansBilling.Core.Tests.Balances;

/// <summary>The order of semantics.md section 5 and ADR 0017; amounts by hand.</summary>
public class PurseTests
{
    [Fact]
    public void Grants_go_by_priority_then_expiry_then_promotional_then_age_then_id()
    {
        var ledger = Ledger(Wallet("w"))
            .Granted("w", "paid", CreditKind.Paid, 50m)
            .Granted("w", "later", CreditKind.Promotional, 3m, at: Start + Duration.FromDays(1))
            .Granted("w", "gift-b", CreditKind.Promotional, 2m)
            .Granted("w", "gift-a", CreditKind.Promotional, 1m)
            .Granted("w", "paid-march", CreditKind.Paid, 7m, March)
            .Granted("w", "gift-march", CreditKind.Promotional, 10m, March)
            .Granted("w", "first", CreditKind.Paid, 5m, priority: 50);
        Assert.Equal(
            ["w/first 5.00", "w/gift-march 10.00", "w/paid-march 7.00", "w/gift-a 1.00", "w/gift-b 2.00", "w/later 3.00", "w/paid 2.00"],
            Texts(ledger.Purse().Draw(Euro(30m), February, February + Duration.FromHours(1))));
    }

    [Fact]
    public void Grants_of_several_wallets_are_one_queue()
    {
        var ledger = Ledger(Wallet("b"), Wallet("a"), Wallet("urgent", priority: 1))
            .Granted("b", "g", CreditKind.Paid, 5m)
            .Granted("a", "g", CreditKind.Paid, 5m)
            .Granted("urgent", "g", CreditKind.Paid, 5m, priority: 1);
        Assert.Equal(["urgent/g 5.00", "a/g 5.00", "b/g 2.00"], Texts(ledger.Purse().Draw(Euro(12m), February, February)));
    }

    [Fact]
    public void A_period_that_ends_at_the_expiry_may_draw_and_one_that_ends_later_may_not()
    {
        var ledger = Ledger(Wallet("w", expiresAt: February, creditLimit: 4m)).Granted("w", "g", CreditKind.Paid, 5m, February);
        Assert.Equal(["w/g 5.00", "w/limit 4.00"], Texts(ledger.Purse().Draw(Euro(30m), February, March)));
        Assert.Empty(ledger.Purse().Draw(Euro(30m), February + Duration.Epsilon, March));
    }

    [Fact]
    public void What_came_after_the_invoice_fell_due_is_not_drawn_however_late_the_invoice_is()
    {
        var ledger = Ledger(Wallet("w")).Granted("w", "g", CreditKind.Paid, 5m, at: February);
        Assert.Equal(["w/g 5.00"], Texts(ledger.Purse().Draw(Euro(30m), Start, February)));
        Assert.Empty(ledger.Purse().Draw(Euro(30m), Start, February - Duration.Epsilon));
    }

    [Fact]
    public void Credit_limits_come_after_all_money_by_priority_of_their_wallets()
    {
        var ledger = Ledger(Wallet("a", creditLimit: 10m), Wallet("b", priority: 5, creditLimit: 3m))
            .Granted("a", "g", CreditKind.Paid, 5m);
        Assert.Equal(["a/g 5.00", "b/limit 3.00", "a/limit 2.00"], Texts(ledger.Purse().Draw(Euro(10m), February, February)));
    }

    [Fact]
    public void Invoices_of_one_purse_share_it_and_the_ledger_stays_as_it_was()
    {
        var ledger = Ledger(Wallet("w", creditLimit: 10m)).Granted("w", "g", CreditKind.Paid, 5m);
        var purse = ledger.Purse();
        Assert.Equal(["w/g 4.00"], Texts(purse.Draw(Euro(4m), February, February)));
        Assert.Equal(["w/g 1.00", "w/limit 6.00"], Texts(purse.Draw(Euro(7m), March, March)));
        Assert.Equal(["w/limit 4.00"], Texts(purse.Draw(Euro(7m), March, March)));
        Assert.Empty(purse.Draw(Euro(7m), March, March));
        Assert.Equal(Euro(5m), ledger.Left(ledger.Find("w", "g")!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_invoice_that_asks_for_nothing_draws_nothing(int due) => Assert.Empty(
        Ledger(Wallet("w", creditLimit: 10m)).Granted("w", "g", CreditKind.Paid, 5m).Purse().Draw(Euro(due), February, February));

    [Fact]
    public void What_is_expired_is_what_no_invoice_drew()
    {
        var purse = Ledger(Wallet("w"), Wallet("v"))
            .Granted("w", "g", CreditKind.Paid, 5m, February)
            .Granted("w", "h", CreditKind.Paid, 6m, March)
            .Granted("v", "g", CreditKind.Paid, 7m, February)
            .Purse();
        Assert.Equal(Euro(0m), purse.ExpiredOf("w", February - Duration.Epsilon));
        Assert.Equal(Euro(5m), purse.ExpiredOf("w", February));
        purse.Draw(Euro(8m), February, February);
        Assert.Equal((Euro(4m), Euro(0m)), (purse.ExpiredOf("w", February), purse.ExpiredOf("v", February)));
    }
}
