using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Gateway.Pages;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Pages;

public sealed class InvoicePageTests
{
    [Fact]
    public void Whatever_a_tenant_wrote_is_text_and_never_markup()
    {
        var page = Render("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>");
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Periods_are_days_in_the_time_zone_of_the_subscription() =>
        Assert.Contains("2012-06-01 to 2012-06-30 (Europe/London)", Render("Ada", "Energy"), StringComparison.Ordinal);

    [Fact]
    public void Every_step_of_an_amount_is_shown()
    {
        var page = Render("Ada", "Energy");
        Assert.Contains("first 100 kWh", page, StringComparison.Ordinal);
        Assert.Contains("100 kWh &#xD7; 0.31", page, StringComparison.Ordinal);
        Assert.Contains("31.00 EUR", page, StringComparison.Ordinal);
    }

    private static string Render(string customer, string description)
    {
        var line = new InvoiceLine(1, "energy", description, "usage", "s-1", Instant.FromUtc(2012, 5, 31, 23, 0),
            Instant.FromUtc(2012, 6, 30, 23, 0), 100m, "kWh", 3, 31m, new Money(3100, Currency.FromCode("EUR")),
            [new("first 100 kWh", 100m, 0.31m, 31m, "price")]);
        var invoice = new InvoiceView("2012-000001", new("c-1", customer, "EUR", null, ["1 Road"], ["s-1"]), "EUR",
            Instant.FromUtc(2012, 6, 30, 23, 0), Instant.FromUtc(2012, 7, 1, 1, 0), 31m, [line]);
        return InvoicePage.Render(invoice, new Dictionary<string, string> { ["s-1"] = "Europe/London" }).ToString();
    }
}
