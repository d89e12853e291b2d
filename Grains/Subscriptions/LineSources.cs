using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>What lines charge for: wallets of the customer may ask, and the customer has no plan to look it up in.</summary>
internal static class LineSources
{
    /// <summary>For each line; null when none is for usage.</summary>
    /// <param name="billed">The period whose invoice has the lines.</param>
    public static LineSource?[]? Of(SubscriptionState subscription, int billed, InvoiceLine[] lines)
    {
        LineSource?[] sources = [.. lines.Select(line => Of(subscription, billed, line))];
        return Array.Exists(sources, s => s is not null) ? sources : null;
    }

    /// <summary>Of the charge with the line's id in the plan that was in force when the line begins.</summary>
    private static LineSource? Of(SubscriptionState subscription, int billed, InvoiceLine line)
    {
        var period = subscription.Calendar.PeriodAt(line.PeriodStart);
        var part = subscription.Parts(period, billed).LastOrDefault(p => p.Start <= line.PeriodStart);
        return part?.Plan.SourceOf(line.ChargeId);
    }
}
