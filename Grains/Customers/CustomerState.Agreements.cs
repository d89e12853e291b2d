using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What the customer agreed over all subscriptions; see docs/adr/0027.</summary>
internal sealed partial class CustomerState
{
    /// <summary>Null for a customer without agreements, which are most of them.</summary>
    public CustomerAgreements? Agreements { get; private set; }

    public void Apply(SpendAgreed fact)
    {
        var first = Agreements is null;
        (Agreements ??= new(Currency.FromCode(Spec.Currency))).Apply(fact);
        foreach (var invoice in first ? Invoices : [])
        {
            Tally(invoice.Read(), invoice.BilledPeriods);
        }
    }

    public void Apply(SpendPeriodDue fact) => Agreements!.Announced.Add(fact.PeriodEnd);

    public void Apply(SpendAgreementEnded fact) => Agreements!.Apply(fact);

    /// <summary>Lines of subscriptions with the end of the billing period that each is for.</summary>
    public IEnumerable<(InvoiceLine Line, Instant UsageEnd)> Charges(IEnumerable<InvoiceLine> lines)
    {
        var ends = new Dictionary<(string, Instant), Instant>();
        foreach (var line in lines.Where(l => l.Agreement is null))
        {
            var key = (line.Subscription, line.PeriodStart);
            if (!ends.TryGetValue(key, out var end))
            {
                // A crash can leave a subscription that is not listed yet; its lines are for whole periods then.
                ends[key] = end = CalendarOf(line.Subscription)?.PeriodAt(line.PeriodStart).End ?? line.PeriodEnd;
            }
            yield return (line, end);
        }
    }

    /// <summary>Lines of agreements of an issued invoice, with the index of the agreement's period.</summary>
    public static IEnumerable<(InvoiceLine Line, int Period)> AgreementLines(InvoiceView invoice, int[] billedPeriods) =>
        invoice.Lines.Zip(billedPeriods).Where(l => l.First.Agreement is not null);

    private IEnumerable<object> AnnouncedFacts =>
        Agreements?.Announced.Select(end => new SpendPeriodDue(Tenant.Id, Spec.Id, end)) ?? [];

    private void Tally(InvoiceView invoice, int[] billedPeriods)
    {
        Agreements?.Book.Take(Charges(invoice.Lines), AgreementLines(invoice, billedPeriods), invoice.PeriodEnd);
        Agreements?.Announced.Remove(invoice.PeriodEnd);
    }

    /// <summary>With the ends of agreements' periods that need an invoice of their own, when no statement ends then; in order.</summary>
    private IEnumerable<(Instant PeriodEnd, PeriodStatement[] Statements)> WithAgreements(
        (Instant PeriodEnd, PeriodStatement[] Statements)[] due)
    {
        var through = due.Select(d => d.PeriodEnd).Append(Tenant.SealedThrough).Max();
        return due.Concat(Agreements!.Book.Due(through).Where(ToldThrough).Concat(Agreements.Announced)
            .Where(end => !Array.Exists(due, d => d.PeriodEnd == end)).Distinct()
            .Select(end => (PeriodEnd: end, Statements: Array.Empty<PeriodStatement>()))).OrderBy(d => d.PeriodEnd);
    }
}
