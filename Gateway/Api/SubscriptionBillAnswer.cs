using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>A subscription's part of its customer's running bill.</summary>
/// <param name="Total">Sum of the lines, before tax; null without lines.</param>
/// <param name="Currency">Of all amounts; null without lines.</param>
internal sealed record SubscriptionBillAnswer(string Subscription, string? Currency, string? Total, InvoiceLine[] Lines)
{
    /// <summary>Of the periods that are open or not invoiced yet.</summary>
    public static SubscriptionBillAnswer Of(string subscription, PeriodStatement[] open)
    {
        InvoiceLine[] lines = [.. open.SelectMany(statement => statement.Lines).Select((line, i) => line with { Number = i + 1 })];
        var currency = lines.FirstOrDefault()?.Amount.Currency.Code;
        return new(subscription, currency, currency is null ? null : Amount.Format(lines.Sum(line => line.Amount.ToDecimal()), currency), lines);
    }
}
