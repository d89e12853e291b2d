using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Pages;

/// <summary>An invoice as a page to read and print: one table, and for every line how its amount came about.</summary>
internal static class InvoicePage
{
    /// <param name="zones">Time zone of each subscription, by id; periods are shown as its local dates.</param>
    public static Html Render(InvoiceView invoice, IReadOnlyDictionary<string, string> zones)
    {
        var html = new Html();
        html.Add($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Invoice {invoice.Id}</title><style>
            """);
        html.AddMarkup(InvoiceStyle.Css).Add($"</style></head><body><main>");
        AddHead(html, invoice);
        html.Add($"""
            <table><caption>Amounts in {invoice.Currency}, before tax</caption>
            <thead><tr><th scope="col">Description</th><th scope="col" class="n">Quantity</th>
            <th scope="col" class="n">Amount</th></tr></thead><tbody>
            """);
        foreach (var line in invoice.Lines)
        {
            AddLine(html, line, ZoneOf(line, zones));
        }
        html.Add($"""
            </tbody><tfoot><tr><th scope="row" colspan="2">Total</th>
            <td class="n">{Amount.Format(invoice.Total, invoice.Currency)} {invoice.Currency}</td></tr>
            """);
        AddTax(html, invoice);
        AddDraws(html, invoice);
        html.Add($"</tfoot></table>");
        html.Add($"<footer>Every amount is rounded once, on its line. Periods include their first and last day.");
        html.Add($"</footer></main></body></html>\n");
        return html;
    }

    /// <summary>The tax, and what laws want shown of it in another currency.</summary>
    private static void AddTax(Html html, InvoiceView invoice)
    {
        if (invoice.Tax is null)
        {
            return;
        }
        html.Add($"""<tr><th scope="row" colspan="2">Tax</th><td class="n">{Amount.Format(invoice.TaxTotal(), invoice.Currency)}""");
        html.Add($""" {invoice.Currency}</td></tr><tr><th scope="row" colspan="2">Total with tax</th><td class="n">""");
        html.Add($"{Amount.Format(invoice.GrossTotal(), invoice.Currency)} {invoice.Currency}</td></tr>");
        foreach (var shown in invoice.TaxConversions ?? [])
        {
            html.Add($"""<tr><th scope="row" colspan="2">Tax of {shown.Jurisdiction} in {shown.Rate.To.Code}, 1 {shown.Rate.From.Code} = """);
            html.Add($"{DecimalText.Format(shown.Rate.Rate)} {shown.Rate.To.Code} ({shown.Rate.Source}, {Iso(shown.Rate.Date)})</th>");
            html.Add($"""<td class="n">{shown.Converted.ToString()} {shown.Rate.To.Code}</td></tr>""");
        }
    }

    private static void AddDraws(Html html, InvoiceView invoice)
    {
        if (invoice.CreditApplied is { } credit)
        {
            html.Add($"""<tr><th scope="row" colspan="2">Credit brought forward</th><td class="n">""");
            html.Add($"{Amount.Format(-credit, invoice.Currency)} {invoice.Currency}</td></tr>");
        }
        foreach (var wallet in (invoice.WalletDraws ?? []).GroupBy(d => d.Wallet))
        {
            html.Add($"""<tr><th scope="row" colspan="2">Paid from wallet {wallet.Key}</th><td class="n">""");
            html.Add($"{Amount.Format(-wallet.Sum(d => d.Amount.ToDecimal()), invoice.Currency)} {invoice.Currency}</td></tr>");
        }
        if (invoice.WalletDraws is not null || invoice.CreditApplied is not null)
        {
            html.Add($"""<tr><th scope="row" colspan="2">Amount due</th><td class="n">""");
            html.Add($"{Amount.Format(invoice.AmountDue(), invoice.Currency)} {invoice.Currency}</td></tr>");
        }
    }

    private static void AddHead(Html html, InvoiceView invoice)
    {
        html.Add($"<header><div><h1>Invoice</h1><address><strong>{invoice.Customer.Name}</strong>");
        foreach (var line in invoice.Customer.Address)
        {
            html.Add($"<br>{line}");
        }
        html.Add($"</address></div><dl><dt>Number</dt><dd>{invoice.Id}</dd>");
        html.Add($"<dt>Date</dt><dd>{LocalDatePattern.Iso.Format(invoice.IssuedAt.InUtc().Date)}</dd>");
        html.Add($"<dt>Customer</dt><dd>{invoice.Customer.Id}</dd></dl></header>");
    }

    private static void AddLine(Html html, InvoiceLine line, DateTimeZone zone)
    {
        html.Add($"""<tr><td><div class="what">{line.Description}</div><div class="when">{Period(line, zone)}</div>""");
        html.Add($"""<div class="tag">{Of(line)}{Late(line)}</div>""");
        AddSteps(html, line);
        html.Add($"""</td><td class="n">{DecimalText.Format(line.Quantity)} {line.Unit}</td>""");
        html.Add($"""<td class="n">{line.Amount.ToString()}</td></tr>""");
    }

    private static string Of(InvoiceLine line) =>
        line.Agreement is { } agreement ? $"All subscriptions, agreement {agreement}" : $"Subscription {line.Subscription}";

    private static void AddSteps(Html html, InvoiceLine line)
    {
        if (line.Steps.Count == 0)
        {
            return;
        }
        html.Add($"""<details open><summary>How this amount came about</summary><table class="steps">""");
        foreach (var step in line.Steps)
        {
            html.Add($"""<tr><th scope="row">{step.Text}</th><td class="n">{Multiplication(step, line)}</td>""");
            html.Add($"""<td class="n">{Amount.Format(step.Amount, line.Amount.Currency.Code)}</td></tr>""");
        }
        html.Add($"</table></details>");
    }

    private static string Multiplication(RatingStep step, InvoiceLine line) => (step.Quantity, step.UnitPrice) switch
    {
        ({ } quantity, { } price) => $"{DecimalText.Format(quantity)} {line.Unit} × {DecimalText.Format(price)}",
        ({ } quantity, null) => $"{DecimalText.Format(quantity)} {line.Unit}",
        _ => "",
    };

    private static string Late(InvoiceLine line) => line.Kind switch
    {
        LateUsage.Kind => " · usage that came late",
        LateUsage.CorrectionKind => " · usage that was corrected",
        LateUsage.ReRatingKind => " · prices that were corrected",
        _ => "",
    };

    /// <summary>The first and the last day; a period that does not end at midnight ends within its last day.</summary>
    private static string Period(InvoiceLine line, DateTimeZone zone)
    {
        var first = line.PeriodStart.InZone(zone).Date;
        var last = line.PeriodEnd > line.PeriodStart ? line.PeriodEnd.Minus(Duration.Epsilon).InZone(zone).Date : first;
        var days = first == last ? Iso(first) : $"{Iso(first)} to {Iso(last)}";
        return zone == DateTimeZone.Utc ? days : $"{days} ({zone.Id})";
    }

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static DateTimeZone ZoneOf(InvoiceLine line, IReadOnlyDictionary<string, string> zones) =>
        zones.TryGetValue(line.Subscription, out var id) && id is not ("Etc/UTC" or "UTC")
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc
            : DateTimeZone.Utc;
}
