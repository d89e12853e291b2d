using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Receivables;

namespace OrleansBilling.Core.Tests.Receivables;

public sealed class PaymentMatchingTests
{
    private static readonly Currency Eur = Currency.FromCode("EUR");

    [Theory]
    [InlineData(500, "a 300, b 200")]
    [InlineData(300, "a 300")]
    [InlineData(299, "a 299")]
    [InlineData(2000, "a 300, b 700, d 100")]
    [InlineData(0, "")]
    public void A_payment_pays_invoices_in_their_order_and_never_more_than_is_left(long amount, string expected)
    {
        var parts = PaymentMatching.Match(new(amount, Eur), [("a", new(300, Eur)), ("b", new(700, Eur)), ("c", new(0, Eur)), ("d", new(100, Eur))]);
        Assert.Equal(expected, string.Join(", ", parts.Select(p => $"{p.Invoice} {p.Amount.MinorUnits}")));
    }

    [Fact]
    public void An_open_item_takes_no_more_than_is_left_and_gives_back_no_more_than_it_got()
    {
        var item = new OpenItem(new(1000, Eur));
        item.Pay(new(400, Eur));
        item.Credit(new(100, Eur));
        item.WriteOff(new(200, Eur));
        Assert.Equal(300, item.Left.MinorUnits);
        Assert.Throws<ArgumentOutOfRangeException>(() => item.Pay(new(301, Eur)));
        Assert.Throws<ArgumentOutOfRangeException>(() => item.Pay(new(-401, Eur)));
        Assert.Throws<ArgumentOutOfRangeException>(() => item.Credit(new(-1, Eur)));
        item.Pay(new(-400, Eur));
        Assert.Equal((700, 0), (item.Left.MinorUnits, item.Paid.MinorUnits));
        Assert.Equal(0, new OpenItem(new(-5, Eur)).Left.MinorUnits);
    }
}
