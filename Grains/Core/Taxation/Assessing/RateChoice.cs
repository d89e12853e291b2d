using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Taxation.Data;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>Which rate of a tax counts for a line.</summary>
internal sealed class RateChoice(Jurisdiction jurisdiction, string tax, TaxableLine line, LocalDate invoiceDate, IReadOnlyList<RateTreatment> rates)
{
    /// <summary>The rate of the whole supply, or of each part of it; or why there is none.</summary>
    internal (IReadOnlyList<(SupplyPeriod Supply, RateTreatment Rate)>? Parts, TaxHold? Hold) Choose()
    {
        if (line.TaxPoint is { } point)
        {
            return At(point);
        }
        return jurisdiction.TaxPoint switch
        {
            TaxPointRule.SupplyEnd => At(line.Supply.Last),
            TaxPointRule.InvoiceDate => At(invoiceDate),
            TaxPointRule.Split => Split(),
            TaxPointRule.Streamlined => Streamlined(),
            _ => EndOrInvoice(),
        };
    }

    private (IReadOnlyList<(SupplyPeriod, RateTreatment)>?, TaxHold?) At(LocalDate day) => Find(day) is { } rate
        ? ([(line.Supply, rate)], null)
        : (null, Outside(day));

    private (IReadOnlyList<(SupplyPeriod, RateTreatment)>?, TaxHold?) EndOrInvoice()
    {
        var (end, invoice) = (Find(line.Supply.Last), Find(invoiceDate));
        if (end is null || invoice is null)
        {
            return (null, Outside(end is null ? line.Supply.Last : invoiceDate));
        }
        return end.Same(invoice)
            ? ([(line.Supply, end)], null)
            : (null, new(
                TaxHoldCodes.RateChange,
                $"The {tax} of {jurisdiction.Code} changes between {Iso(line.Supply.Last)}, the end of the supply, and {Iso(invoiceDate)}, the "
                + "date of the invoice; which one counts depends on payments and on national law. Give the line a tax point.",
                line.Id));
    }

    private (IReadOnlyList<(SupplyPeriod, RateTreatment)>?, TaxHold?) Streamlined()
    {
        var (first, last) = (Find(line.Supply.First), Find(line.Supply.Last));
        if (first is null || last is null)
        {
            return (null, Outside(first is null ? line.Supply.First : line.Supply.Last));
        }
        if (first.Same(last))
        {
            return ([(line.Supply, last)], null);
        }
        return last.Rate > first.Rate ? ([(line.Supply, first)], null) : At(invoiceDate);
    }

    private (IReadOnlyList<(SupplyPeriod, RateTreatment)>?, TaxHold?) Split()
    {
        var parts = new List<(SupplyPeriod, RateTreatment)>();
        for (var day = line.Supply.First; day <= line.Supply.Last;)
        {
            if (Find(day) is not { } rate)
            {
                return (null, Outside(day));
            }
            var last = rate.Through is { } through && through < line.Supply.Last ? through : line.Supply.Last;
            parts.Add((new(day, last), rate));
            day = last.PlusDays(1);
        }
        return (parts, null);
    }

    private RateTreatment? Find(LocalDate day) => rates.FirstOrDefault(rate => rate.Covers(day));

    private TaxHold Outside(LocalDate day) => new(
        TaxHoldCodes.OutsideData,
        $"The data has no {tax} of {jurisdiction.Code} for {line.ProductClass} on {Iso(day)}; it begins on {Iso(rates[0].From)}"
        + (rates[^1].Through is { } end ? $" and ends on {Iso(end)}." : "."),
        line.Id);

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
