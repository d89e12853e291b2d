namespace OrleansBilling.Core.Rating;

/// <summary>What the usage would cost in one whole first period.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">The sum of the rounded charges, with every digit of the minor unit: <c>185.00</c>.</param>
/// <param name="ExactAmount">The sum of the exact amounts, in its shortest form: <c>185</c>.</param>
/// <param name="Steps">The steps of every charge, in order.</param>
/// <param name="Charges">Charge by charge; no charge, no cost.</param>
public sealed record QuoteResult(
    string Currency,
    string Amount,
    string ExactAmount,
    IReadOnlyList<RatingStep> Steps,
    IReadOnlyList<RatedCharge> Charges);
