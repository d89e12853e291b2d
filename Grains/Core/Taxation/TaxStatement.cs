using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>The taxes of an invoice. <c>Gross = Net + Tax</c> here and on every line; each subtotal is the sum of its parts on the
/// lines.</summary>
/// <param name="Net">Sum of the lines without tax.</param>
/// <param name="Tax">Sum of all taxes.</param>
/// <param name="Gross">What is due.</param>
/// <param name="Lines">One per line of the request, in its order.</param>
/// <param name="Breakdown">One per jurisdiction, tax, category, rate and exemption reason, in that order.</param>
/// <param name="Notes">What the invoice has to say, each once.</param>
/// <param name="TaxCurrencies">In which currencies the tax also has to be shown, where that is not the invoice's.</param>
/// <param name="Data">What it was computed with.</param>
public sealed record TaxStatement(
    Money Net,
    Money Tax,
    Money Gross,
    IReadOnlyList<TaxedLine> Lines,
    IReadOnlyList<TaxSubtotal> Breakdown,
    IReadOnlyList<TaxNote> Notes,
    IReadOnlyList<TaxCurrencyRule> TaxCurrencies,
    TaxDataInfo Data);
