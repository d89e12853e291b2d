using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation.Assessing;
using OrleansBilling.Core.Taxation.Data;

namespace OrleansBilling.Core.Taxation;

/// <summary>Calculates taxes: a pure function of the request and the data, safe for use by many threads.</summary>
/// <remarks>Rules: ADR 0039; what is covered: docs/taxation.md.</remarks>
public sealed class TaxEngine(TaxData data)
{
    /// <summary>With which data.</summary>
    public TaxData Data => data;

    /// <summary>The taxes of an invoice or credit note, or why it is held. The order of the lines changes no amount; a request
    /// with all amounts negated has exactly the negated answer.</summary>
    /// <exception cref="ArgumentException">No lines, too many, two with one id, or amounts of several currencies.</exception>
    public TaxOutcome Calculate(TaxRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var currency = Check(request);
        if (request.Lines.FirstOrDefault(line => Math.Abs((decimal)line.Amount.MinorUnits) >= TaxLimits.AmountBelow) is { } large)
        {
            return TaxOutcome.Held([new(
                TaxHoldCodes.AmountTooLarge, $"An amount has to be below {TaxLimits.AmountBelow} minor units.", large.Id)]);
        }
        var lines = request.Lines.Select(line => new LineAssessment(data, request, line).Assess()).ToList();
        var holds = lines.Where(line => line.Hold is not null).Select(line => line.Hold!).ToList();
        return holds.Count > 0 ? TaxOutcome.Held(holds) : TaxOutcome.Of(Statement(request, currency, lines));
    }

    private static Currency Check(TaxRequest request)
    {
        if (request.Lines.Count is 0 or > TaxLimits.MaxLines)
        {
            throw new ArgumentException($"A request has 1 to {TaxLimits.MaxLines} lines, not {request.Lines.Count}.", nameof(request));
        }
        var currency = request.Lines[0].Amount.Currency;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in request.Lines)
        {
            if (!line.Amount.Currency.Equals(currency))
            {
                throw new ArgumentException($"Line {line.Id} is in {line.Amount.Currency}, others are in {currency}.", nameof(request));
            }
            if (line.Id.Length is 0 or > TaxLimits.MaxIdLength || !ids.Add(line.Id))
            {
                throw new ArgumentException($"The id '{line.Id}' is empty, too long, or used twice.", nameof(request));
            }
        }
        return currency;
    }

    private TaxStatement Statement(TaxRequest request, Currency currency, IReadOnlyList<AssessedLine> assessed)
    {
        var taxed = new StatementBuilder(request, currency, [.. assessed.SelectMany((line, i) => Parts(request.Lines[i], i, line))]).Lines();
        var rates = assessed.SelectMany(line => line.Rates).ToLookup(rate => rate.Key, rate => rate.Rate.Source);
        var breakdown = Breakdown(taxed, currency, rates);
        var net = taxed.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Net);
        var tax = taxed.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Tax);
        return new(
            net, tax, net + tax, taxed, breakdown, Notes(assessed), TaxCurrencies(request, taxed, breakdown, currency),
            data.Info(assessed.SelectMany(line => line.Jurisdictions)));
    }

    private static IEnumerable<AssessedPart> Parts(TaxableLine line, int index, AssessedLine assessed)
    {
        var amounts = SupplyShares.Allocate(line.Amount, line.Supply, [.. assessed.Parts.Select(part => part.Supply)]);
        return assessed.Parts.Select((part, i) =>
            new AssessedPart(index, line.Id, i, part.Supply, amounts[i], part.Keys, assessed.RoundsPerInvoice));
    }

    private List<TaxSubtotal> Breakdown(IReadOnlyList<TaxedLine> lines, Currency currency, ILookup<TaxKey, string> rates) =>
    [
        .. lines.SelectMany(line => line.Taxes).GroupBy(tax => tax.Key)
            .OrderBy(group => group.Key.Jurisdiction, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Tax, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Category)
            .ThenBy(group => group.Key.Rate)
            .ThenBy(group => group.Key.ReasonKey, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Rule, StringComparer.Ordinal)
            .ThenBy(group => group.Key.VatexCode, StringComparer.Ordinal)
            .Select(group => new TaxSubtotal(
                group.Key,
                group.Aggregate(Money.Zero(currency), (sum, tax) => sum + tax.Taxable),
                group.Aggregate(Money.Zero(currency), (sum, tax) => sum + tax.Amount),
                Explain(group.Key, [.. rates[group.Key]]))),
    ];

    private TaxExplanation Explain(TaxKey key, IReadOnlyList<string> rateSources)
    {
        var rules = key.Rule.Split('/').Select(data.Rule).ToList();
        return new(
            key.Rule,
            string.Join(' ', rules.Select(rule => rule.Text)),
            string.Join("; ", rules.Select(rule => rule.Source)),
            rateSources.Count == 0 ? null : string.Join("; ", rateSources.Distinct().Order(StringComparer.Ordinal)));
    }

    private List<TaxNote> Notes(IReadOnlyList<AssessedLine> lines) =>
    [
        .. lines.SelectMany(line => line.Notes).Distinct().Order(StringComparer.Ordinal).Select(key =>
        {
            var rule = data.Rule($"note.{key}");
            return new TaxNote(key, TaxWordings.IsRequired(key), rule.Source!);
        }),
    ];

    private List<TaxCurrencyRule> TaxCurrencies(
        TaxRequest request, IReadOnlyList<TaxedLine> lines, IEnumerable<TaxSubtotal> breakdown, Currency currency) =>
    [
        .. breakdown.Where(subtotal => subtotal.Key.Category == TaxCategory.Standard)
            .Select(subtotal => subtotal.Key.Jurisdiction).Distinct()
            .SelectMany(code => data.TryFind(code, out var jurisdiction)
                ? jurisdiction.ShownIn
                    .Where(shown => request.InvoiceDate >= shown.From && (shown.Through is not { } last || request.InvoiceDate <= last)
                        && !shown.Currency.Equals(currency))
                    .Select(shown => new TaxCurrencyRule(code, shown.Currency, shown.Source, TaxPoint(request, lines, jurisdiction)))
                : []),
    ];

    /// <summary>One day for all lines of a jurisdiction: its tax is shown in one amount.</summary>
    private static LocalDate TaxPoint(TaxRequest request, IReadOnlyList<TaxedLine> lines, Jurisdiction jurisdiction)
    {
        if (jurisdiction.TaxPoint == TaxPointRule.InvoiceDate)
        {
            return request.InvoiceDate;
        }
        var last = request.Lines
            .Where((_, i) => lines[i].Taxes.Any(t => t.Key.Jurisdiction == jurisdiction.Code && t.Key.Category == TaxCategory.Standard))
            .Max(line => line.TaxPoint ?? line.Supply.Last);
        return LocalDate.Min(last, request.InvoiceDate);
    }
}
