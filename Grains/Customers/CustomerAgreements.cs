using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Agreements;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a customer agreed over all subscriptions, and the facts that it is made of.</summary>
internal sealed class CustomerAgreements(Currency currency)
{
    private readonly List<(SpendAgreed Made, List<SpendAgreementEnded> Ends)> _facts = [];

    public SpendBook Book { get; } = new(currency);

    /// <summary>Period ends whose invoice may have a number already and is not issued yet.</summary>
    public SortedSet<Instant> Announced { get; } = [];

    public IEnumerable<object> Facts => _facts.SelectMany(f => f.Ends.Prepend<object>(f.Made));

    public IEnumerable<AgreementView> Views => _facts.Select(f => ViewOf(f.Made.Agreement.Id)!);

    public void Apply(SpendAgreed fact)
    {
        _facts.Add((fact, []));
        Book.Agree(fact.Agreement);
    }

    public void Apply(SpendAgreementEnded fact)
    {
        _facts.Find(f => f.Made.Agreement.Id == fact.Agreement).Ends.Add(fact);
        Book.Agree(Book.Find(fact.Agreement)! with { To = fact.To });
    }

    /// <summary>Whether reservations end at a maximum now or later.</summary>
    public bool Blocks(Instant now) => Book.Agreements.Any(a => a.Maximum is { Block: true } && !(a.To <= now));

    /// <summary>As it was asked for; null when there is none.</summary>
    public AgreementSpec? AskedFor(string id) => _facts.Find(f => f.Made.Agreement.Id == id).Made?.Asked;

    public AgreementView? ViewOf(string id) =>
        Book.Find(id) is { } terms ? new(terms, _facts.Find(f => f.Made.Agreement.Id == id).Made.At) : null;

    /// <summary>The agreements as they were known when a number of invoices had been issued, on a book without any invoice.</summary>
    public SpendBook AsOf(int invoices, SpendBook book)
    {
        foreach (var (made, ends) in _facts)
        {
            book.Agree(ends.LastOrDefault(e => e.KnownFrom <= invoices) is { } end ? made.Agreement with { To = end.To } : made.Agreement);
        }
        return book;
    }
}
