using CsCheck;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Rating;

public class RatingRoomTests
{
    private static readonly string[] Charges =
    [
        """{"id":"a","meter":"units","unitPrice":"0.0752"}""",
        """{"id":"a","meter":"units","unitPrice":"999999999"}""",
        """{"id":"a","meter":"data","unit":"GB","unitPrice":"0.000000000123"}""",
        """{"id":"a","meter":"units","model":"package","packageSize":"0.01","packagePrice":"5"}""",
        """{"id":"a","meter":"units","model":"flat","amount":"5"}""",
        """{"id":"a","meter":"data","unit":"GB","model":"package","packageSize":"0.1","packagePrice":"0.99","freeUnits":"1"}""",
        """{"id":"a","meter":"units","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.23456"},{"unitPrice":"7","flatFee":"1"}]}""",
    ];

    [Theory]
    [InlineData("""{"id":"a","meter":"units","unitPrice":"0.0752"}""", "999999999999999.999999999999", false)]
    [InlineData("""{"id":"a","meter":"units","unitPrice":"0.0752"}""", "999999999.999999", true)]
    [InlineData("""{"id":"a","meter":"units","unitPrice":"999999999"}""", "100000000000000", false)]
    [InlineData("""{"id":"a","meter":"data","unitPrice":"0.000000000123"}""", "900000000000000", true)]
    [InlineData("""{"id":"a","meter":"data","unit":"GB","unitPrice":"3"}""", "900000000000000", true)]
    public void Totals_that_no_bill_could_hold_are_told_apart(string charge, string total, bool can) =>
        Assert.Equal(can, Compiled(charge).CanRate(new(0, 0), new(D(total), 0m, 1)));

    /// <summary>Every event is asked about: after the first one of its size that must cost nothing but comparisons.</summary>
    [Fact]
    public void A_total_of_usual_size_is_judged_without_an_allocation()
    {
        foreach (var charge in Charges.Skip(2))
        {
            var (plan, allowed) = (Compiled(charge), true);
            var first = plan.CanRate(new(0, 0), new(12_345.678m, 0m, 1));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                allowed &= plan.CanRate(new(0, 0), new(12_345.678m + i, 0m, 1));
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(first && allowed, charge);
        }
    }

    [Fact]
    public void Amounts_of_single_events_with_many_places_are_no_reason_to_refuse_them()
    {
        var plan = Compiled("""
            {"id":"a","meter":"units","schedule":{"entries":[{"from":"2026-01-01T00:00:00Z","price":"0.123456789012"}]}}
            """);
        Assert.True(plan.CanRate(new(0, 0), new(1_234.123456789012m, 152.368024398110122222222256m, 9)));
        Assert.False(plan.CanRate(new(0, 0), new(1m, 1_000_000_000_000m, 9)));
    }

    /// <summary>Whatever is let in rates without an exception, for this partition and for a thousand like it.</summary>
    [Fact]
    public void What_is_let_in_can_be_rated()
    {
        var quantity = Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 12], (digits, scale) => 
            new decimal(unchecked((int)digits), unchecked((int)(digits >> 32)), 0, false, (byte)scale));
        Gen.Select(Gen.Int[0, Charges.Length - 1].Select(i => Charges[i]), quantity).Sample((charge, total) =>
        {
            var plan = Compiled(charge);
            if (plan.CanRate(new(0, 0), new(total, 0m, 1)))
            {
                var totals = new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(total * 1_000m, 0m, 1) };
                _ = PeriodRating.Rate(plan, Month(2026, 6), Month(2026, 6).ToInterval(), Utc, true, totals);
            }
        });
    }
}
