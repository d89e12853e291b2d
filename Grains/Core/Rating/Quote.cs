namespace OrleansBilling.Core.Rating;

/// <summary>Prices usage that has not happened: the same rules as the bill, with nothing stored.</summary>
public static class Quote
{
    /// <summary>Quotes a request; never throws for what a caller may write.</summary>
    public static QuoteOutcome Price(QuoteRequest request) => throw new NotImplementedException();
}
