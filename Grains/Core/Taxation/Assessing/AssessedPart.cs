using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>A line, or the part of it between rate changes, with its taxes.</summary>
/// <param name="Line">Index in the request.</param>
/// <param name="LineId">Breaks ties, so that the order of lines changes nothing.</param>
/// <param name="Part">Index in the line.</param>
/// <param name="Amount">With or without tax, as the settings say.</param>
/// <param name="Keys">At least one; all on the same amount.</param>
/// <param name="RoundsPerInvoice">Whether law asks for one rounding per rate and invoice.</param>
internal sealed record AssessedPart(
    int Line, string LineId, int Part, SupplyPeriod Supply, Money Amount, IReadOnlyList<TaxKey> Keys, bool RoundsPerInvoice)
{
    /// <summary>Sum of the rates, per cent.</summary>
    internal decimal Rate => Keys.Sum(key => key.Rate);
}
