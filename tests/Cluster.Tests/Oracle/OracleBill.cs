using System.Globalization;
using NodaTime;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>What a scenario must come to, worked out with plain decimals.</summary>
internal sealed class OracleBill(string zone, Func<LocalDate, LocalDate>? period = null)
{
    private readonly Func<LocalDate, LocalDate> _period = period ?? (date => new LocalDate(date.Year, date.Month, 1));

    /// <summary>Subscription, charge and first day of the period, to quantity and exact amount.</summary>
    public Dictionary<(string Subscription, string Charge, LocalDate Period), OracleLine> Lines { get; } = [];

    public DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[zone];

    public long Rows { get; set; }

    public long Skipped { get; set; }

    public long Rejected { get; set; }

    public long Events { get; set; }

    public long Quarantined { get; set; }

    /// <summary>Events the server refuses, for example for too many digits.</summary>
    public long Refused { get; set; }

    /// <summary>Adds to a line.</summary>
    public void Add(string subscription, string charge, LocalDate date, decimal quantity, decimal exact)
    {
        var key = (subscription, charge, _period(date));
        var line = Lines.GetValueOrDefault(key);
        Lines[key] = new(line.Quantity + quantity, line.Exact + exact);
    }

    /// <summary>Adds the quantity of an event at a price per unit.</summary>
    public void AddPriced(string subscription, string charge, Instant time, decimal quantity, decimal price) =>
        Add(subscription, charge, time.InZone(Zone).Date, quantity, quantity * price);

    /// <summary>The exact amounts of a charge from the totals of its periods.</summary>
    public void Price(string charge, Func<LocalDate, decimal, decimal> exact)
    {
        foreach (var (key, line) in Lines.Where(line => line.Key.Charge == charge).ToList())
        {
            Lines[key] = line with { Exact = exact(key.Period, line.Quantity) };
        }
    }

    /// <summary>A recurring charge in every month from one to another, both included.</summary>
    public void Recur(string subscription, string charge, LocalDate first, LocalDate last, Func<LocalDate,
        decimal> amount)
    {
        for (var month = new LocalDate(first.Year, first.Month, 1); month <= last; month = month.PlusMonths(1))
        {
            Add(subscription, charge, month, 1m, amount(month));
        }
    }

    public LocalDate PeriodOf(Instant time) => _period(time.InZone(Zone).Date);

    public static decimal Cents(decimal exact) => Math.Round(exact, 2, MidpointRounding.AwayFromZero);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A line's quantity and its exact amount.</summary>
internal readonly record struct OracleLine(decimal Quantity, decimal Exact);
