using CsCheck;
using NodaTime;
using OrleansBilling.Core.Agreements;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using Xunit;

namespace OrleansBilling.Core.Tests.Agreements;

/// <summary>Minimum and maximum over all subscriptions of a customer.</summary>
public sealed class SpendBookTests
{
    private static readonly Currency Euro = Currency.FromCode("EUR");
    private static readonly Instant June = Instant.FromUtc(2026, 6, 1, 0, 0);
    private static readonly Instant July = Instant.FromUtc(2026, 7, 1, 0, 0);

    /// <summary>However charges are split into invoices, and in whatever order they come, the periods cost the same in the end: what is
    /// between the bounds costs itself.</summary>
    [Fact]
    public void Any_split_and_order_comes_to_the_same() => Gen.Select(
        Gen.Select(Gen.Long[-2_000, 6_000], Gen.Int[0, 59], Gen.Int[0, 5]).Array[0, 12], Gen.Int[0, 80], Gen.Int[0, 80], Gen.Bool).Sample(
        (charges, minimum, more, prorate) =>
    {
        var agreement = new SpendAgreement(
            "a", new(minimum, "Least", true), new(minimum + more, "Most", prorate), June + Duration.FromDays(6), July + Duration.FromDays(20),
            "Etc/UTC", "2026-06-01", BillingCycle.Monthly);
        var book = new SpendBook(Euro);
        book.Agree(agreement);
        var billed = 0L;
        foreach (var invoice in charges.GroupBy(c => c.Item3).OrderBy(g => g.Key))
        {
            // The last ones come when all is over: late.
            billed += Bill(book, [.. invoice.Select(c => (c.Item1, c.Item2))], June + Duration.FromDays(12 * (invoice.Key + 1)));
        }
        billed += Bill(book, [], July + Duration.FromDays(31));

        var expected = 0L;
        foreach (var (from, to, days, of) in new[] { (6, 30, 24, 30), (30, 50, 20, 31) })
        {
            var total = charges.Where(c => c.Item2 > from - 1 && c.Item2 <= to - 1).Sum(c => c.Item1);
            var least = (long)Math.Round(minimum * 100m * days / of, MidpointRounding.AwayFromZero);
            var most = prorate ? (long)Math.Round((minimum + more) * 100m * days / of, MidpointRounding.AwayFromZero) : (minimum + more) * 100L;
            expected += Math.Min(Math.Max(total, least), most);
        }
        expected += charges.Where(c => c.Item2 < 6 || c.Item2 > 49).Sum(c => c.Item1);
        Assert.Equal(expected, billed);
    });

    [Fact]
    public void A_maximum_is_never_exceeded_on_the_way_and_a_minimum_waits_for_the_end()
    {
        var book = new SpendBook(Euro);
        book.Agree(new("a", new(30m, "Least", true), new(50m, "Most", false), June, null, "Etc/UTC", "2026-06-01", BillingCycle.Monthly));

        Assert.Equal(2_000, Bill(book, [(2_000, 9)], June + Duration.FromDays(10)));
        Assert.Equal([], book.Due(June + Duration.FromDays(29)));
        Assert.Equal([July], book.Due(July));
        Assert.Equal(3_000, Bill(book, [(7_000, 19)], June + Duration.FromDays(20)));
        Assert.Equal([], book.Due(July));
        Assert.Equal([July], book.Begun(July - Duration.Epsilon));
        // A credit of 75.00 leaves 15.00: the maximum takes nothing any more, and the minimum is due when June is over.
        Assert.Equal(-3_500, Bill(book, [(-7_500, 29)], July - Duration.FromDays(1)));
        Assert.Equal([July], book.Due(July));
        Assert.Equal(1_500, Bill(book, [], July));
        Assert.Equal([], book.Due(July));
    }

    /// <summary>An invoice of charges whose periods end at the end of a day of June and later; what it comes to.</summary>
    private static long Bill(SpendBook book, (long MinorUnits, int Day)[] charges, Instant periodEnd)
    {
        (InvoiceLine, Instant)[] lines = [.. charges.Select(c => (Line(c.MinorUnits), June + Duration.FromDays(c.Day + 1)))];
        var own = book.Lines(lines, periodEnd);
        Assert.All(own, l => Assert.Equal(l.Line.Amount.ToDecimal(), l.Line.Steps.Sum(s => s.Amount)));
        book.Take(lines, own, periodEnd);
        return charges.Sum(c => c.MinorUnits) + own.Sum(l => l.Line.Amount.MinorUnits);
    }

    private static InvoiceLine Line(long minorUnits) => new(
        1, "use", "Use", "usage", "s", June, July, 1m, null, 1, minorUnits / 100m, new(minorUnits, Euro), []);
}
