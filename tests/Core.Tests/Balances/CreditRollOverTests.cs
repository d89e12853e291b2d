using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using static OrleansBilling.Core.Tests.Balances.GivenCredit;

namespace OrleansBilling.Core.Tests.Balances;

/// <summary>ADR 0017: what of a grant goes on when it expires; by hand.</summary>
public class CreditRollOverTests
{
    [Theory]
    [InlineData(null, null, 1_001, 1_001)]
    // Half of 10.01 is 5.005, down to the cent.
    [InlineData(50, null, 1_001, 500)]
    [InlineData(50, 400, 1_001, 400)]
    [InlineData(null, 400, 300, 300)]
    public void A_part_of_what_is_left_goes_on(int? percent, int? maximum, int left, int goesOn)
    {
        var grant = Grant(new(BillingCycle.Monthly, "Etc/UTC", percent, maximum is { } most ? new Money(most, Eur) : null, 1, February, null));
        Assert.Equal(new Money(goesOn, Eur), grant.Rolled(new Money(left, Eur), _ => false)!.Amount);
    }

    /// <summary>Midnight in Berlin at the end of January 2026, then of February and of March, when summer time has begun.</summary>
    [Fact]
    public void Ends_of_months_stay_ends_of_months_in_the_zone()
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        Instant Midnight(int year, int month, int day) => new LocalDateTime(year, month, day, 0, 0).InZoneStrictly(zone).ToInstant();
        var grant = Grant(new(BillingCycle.Monthly, "Europe/Berlin", null, null, 3, Midnight(2026, 1, 31), null)) with
        {
            ExpiresAt = Midnight(2026, 1, 31),
        };
        var ends = new List<Instant>();
        for (CreditGrant? next = grant; next is not null; next = next.Rolled(Euro(1m), _ => false))
        {
            ends.Add(next.ExpiresAt!.Value);
        }
        Assert.Equal([Midnight(2026, 1, 31), Midnight(2026, 2, 28), Midnight(2026, 3, 31), Midnight(2026, 4, 30)], ends);
    }

    [Fact]
    public void Nothing_goes_on_beyond_the_wallet_or_more_often_than_said()
    {
        var until = February + Duration.FromDays(10);
        var first = Grant(new(BillingCycle.Monthly, "Etc/UTC", null, null, 5, February, until)).Rolled(Euro(2m), _ => false)!;
        Assert.Equal((until, February, "g~1"), (first.ExpiresAt, first.GrantedAt, first.Id));
        Assert.Null(first.Rolled(Euro(2m), _ => false));
        var once = Grant(new(BillingCycle.Monthly, "Etc/UTC", null, null, 1, February, null)).Rolled(Euro(2m), _ => false)!;
        Assert.Null(once.Rolled(Euro(2m), _ => false));
    }

    [Fact]
    public void An_id_that_the_client_has_used_is_passed_over()
    {
        var grant = Grant(new(BillingCycle.Monthly, "Etc/UTC", null, null, 2, February, null));
        Assert.Equal("g~2", grant.Rolled(Euro(2m), id => id == "g~1")!.Id);
    }

    /// <summary>25.00 until February; 10.00 a month are drawn in advance of what the log will say.</summary>
    [Fact]
    public void A_purse_goes_on_with_what_expires_before_a_later_period()
    {
        var ledger = Ledger(Wallet("w"));
        var grant = Grant(new(BillingCycle.Monthly, "Etc/UTC", null, Euro(8m), 1, February, null));
        ledger.Add(grant);
        ledger.Post(Postings.OfGrant(grant, ledger.Owed("w")));
        var purse = ledger.Purse();
        Assert.Equal(["w/g 10.00"], Texts(purse.Draw(Euro(10m), February, February)));
        Assert.Equal(["w/g~1 6.00"], Texts(purse.Draw(Euro(6m), March, March)));
        Assert.Equal(Euro(7m), purse.ExpiredOf("w", February));
        Assert.Empty(purse.Draw(Euro(10m), March + Duration.FromDays(31), March + Duration.FromDays(31)));
        Assert.Equal(Euro(9m), purse.ExpiredOf("w", March));
        Assert.Equal(Euro(25m), ledger.Left(grant));
    }

    private static CreditGrant Grant(CreditRollOver rule) => new("w", "g", CreditKind.Promotional, Euro(25m), 100, February, Start, null, null, rule);
}
