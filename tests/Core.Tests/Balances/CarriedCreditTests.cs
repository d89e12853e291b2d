using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Core.Tests.Balances;

public sealed class CarriedCreditTests
{
    private static readonly Currency Eur = Currency.FromCode("EUR");

    [Fact]
    public void An_invoice_below_zero_lowers_the_next_ones_until_it_is_used_up()
    {
        var carried = new CarriedCredit(Eur);
        long[] totals = [500, -1_200, 0, 700, -100, 2_000, 300];
        Assert.Equal([0L, 0, 0, 700, 0, 600, 0], totals.Select(t => carried.Use(new(t, Eur)).MinorUnits));
        Assert.Equal(0, carried.Left.MinorUnits);
    }

    [Fact]
    public void What_issued_invoices_used_is_what_is_left_out()
    {
        var (issued, again) = (new CarriedCredit(Eur), new CarriedCredit(Eur));
        foreach (var total in new[] { -900L, 250, -50, 400 })
        {
            again.Take(new(total, Eur), issued.Use(new(total, Eur)));
        }
        Assert.Equal((300, 300), (issued.Left.MinorUnits, again.Left.MinorUnits));
    }
}
