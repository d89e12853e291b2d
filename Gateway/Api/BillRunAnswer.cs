using NodaTime;
using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>How far the billing of periods is that end in a span of time. Bill runs are continuous: what is counted one moment may have moved on
/// the next.</summary>
/// <param name="From">First period end.</param>
/// <param name="To">First period end no longer.</param>
/// <param name="AsOf">The tenant's clock.</param>
/// <param name="Complete">Whether everything that ended is issued, as all partitions say.</param>
/// <param name="OldestOutstanding">Earliest period end with anything that is not issued; null for none.</param>
/// <param name="Held">Why drafts wait, those with the most first; a draft with several reasons is in each.</param>
/// <param name="Partitions">Those that did not answer, or could not close when they tried last.</param>
internal sealed record BillRunAnswer(
    Instant From,
    Instant To,
    Instant AsOf,
    bool Complete,
    BillRunPeriods Periods,
    BillRunInvoices Invoices,
    BillRunRate Rate,
    Instant? OldestOutstanding,
    BillRunHeld[] Held,
    BillRunTrouble[] Partitions)
{
    /// <param name="parts">Null for a partition that did not answer.</param>
    public static BillRunAnswer Of(Instant from, Instant to, Instant asOf, BillRunPart?[] parts)
    {
        BillRunPart[] all = [.. parts.OfType<BillRunPart>()];
        var (periods, invoices) = (BillRunPeriods.Of(all), BillRunInvoices.Of(all));
        return new(
            from, to, asOf, all.Length == parts.Length && !Array.Exists(all, p => p.OldestOutstanding is not null), periods, invoices,
            BillRunRate.Of(all), all.Min(p => p.OldestOutstanding), BillRunHeld.Of(all), [.. parts.Select(BillRunTrouble.Of).OfType<BillRunTrouble>()]);
    }
}

/// <summary>Periods of subscriptions.</summary>
/// <param name="Ended">By the tenant's clock.</param>
/// <param name="Ahead">That will end within the span.</param>
/// <param name="Closed">Of those that ended.</param>
/// <param name="InGrace">That wait for late events.</param>
/// <param name="Behind">Past their grace and not closed: usage.not_told, change.undecided or period.closing, with how many.</param>
/// <param name="Undelivered">Closed, and not yet with the customer.</param>
internal sealed record BillRunPeriods(
    long Ended, long Ahead, long Closed, long InGrace, Dictionary<string, long> Behind, long Undelivered)
{
    public static BillRunPeriods Of(BillRunPart[] parts) => new(
        parts.Sum(p => p.Ended), parts.Sum(p => p.Ahead), parts.Sum(p => p.Closed), parts.Sum(p => p.InGrace),
        parts.SelectMany(p => p.Behind).GroupBy(b => b.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal),
        parts.Sum(p => p.Undelivered));
}

/// <summary>Invoices.</summary>
/// <param name="Issued">With their totals with tax, by currency.</param>
/// <param name="Unnumbered">Fixed, and about to get their numbers.</param>
/// <param name="Ready">That nothing holds, about to be fixed.</param>
/// <param name="Incomplete">That wait for another subscription of the customer, or for an earlier invoice.</param>
/// <param name="Held">That wait for somebody, each once.</param>
internal sealed record BillRunInvoices(BillRunAmount[] Issued, long Unnumbered, long Ready, long Incomplete, long Held)
{
    public static BillRunInvoices Of(BillRunPart[] parts) => new(
        BillRunAmount.Of(parts.SelectMany(p => p.Issued)), parts.Sum(p => p.Unnumbered), parts.Sum(p => p.Ready), parts.Sum(p => p.Incomplete),
        parts.Sum(p => p.HeldCount));
}

/// <summary>Invoices of one currency.</summary>
/// <param name="Total">With tax.</param>
internal sealed record BillRunAmount(string Currency, long Count, string Total)
{
    public static BillRunAmount[] Of(IEnumerable<BillRunSum> sums) =>
        Array.ConvertAll(BillRunSum.Add(sums), s => new BillRunAmount(s.Currency, s.Count, Amount.Format(s.Total, s.Currency)));
}

/// <summary>How fast invoices of these periods are issued, by the tenant's clock.</summary>
/// <param name="PerSecond">Over the last minute.</param>
/// <param name="LastMinute">Issued in it.</param>
/// <param name="LastHour">Issued in it.</param>
/// <param name="LastIssuedAt">When the newest was; null for none.</param>
internal sealed record BillRunRate(decimal PerSecond, long LastMinute, long LastHour, Instant? LastIssuedAt)
{
    public static BillRunRate Of(BillRunPart[] parts)
    {
        var minute = parts.Sum(p => p.IssuedInMinute);
        return new(decimal.Round(minute / 60m, 2, MidpointRounding.ToEven), minute, parts.Sum(p => p.IssuedInHour), parts.Max(p => p.LastIssuedAt));
    }
}

/// <summary>Drafts that wait for one reason.</summary>
/// <param name="Code">Such as review.required.</param>
/// <param name="Sums">With tax, as they would be issued now.</param>
/// <param name="Drafts">Address of the list of them.</param>
internal sealed record BillRunHeld(string Code, long Count, BillRunAmount[] Sums, string Drafts)
{
    public static BillRunHeld[] Of(BillRunPart[] parts) =>
    [
        .. parts.SelectMany(p => p.Held).GroupBy(h => h.Code, StringComparer.Ordinal)
            .Select(g => (Code: g.Key, Sums: BillRunAmount.Of(g.SelectMany(h => h.Sums))))
            .Select(h => new BillRunHeld(h.Code, h.Sums.Sum(s => s.Count), h.Sums, $"/v1/drafts?hold={Uri.EscapeDataString(h.Code)}"))
            .OrderByDescending(h => h.Count).ThenBy(h => h.Code, StringComparer.Ordinal),
    ];
}

/// <summary>What is wrong with a partition.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Answered">Whether it did; its periods and invoices are missing where it did not.</param>
/// <param name="HeardThrough">How far all partitions have told it their usage; null while one has told nothing.</param>
/// <param name="Failure">Why it could not close; it goes on trying. Null for no failure.</param>
/// <param name="FailedAt">By the wall clock.</param>
internal sealed record BillRunTrouble(int Partition, bool Answered, Instant? HeardThrough, string? Failure, Instant? FailedAt)
{
    /// <summary>Null for none.</summary>
    public static BillRunTrouble? Of(BillRunPart? part, int number) => part switch
    {
        null => new(number, false, null, null, null),
        { Failure: null } when !part.Behind.ContainsKey("usage.not_told") => null,
        _ => new(number, true, part.HeardThrough, part.Failure, part.FailedAt),
    };
}
