using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>One line of an invoice before tax is known.</summary>
/// <param name="Id">Unique in the request; not longer than <see cref="TaxLimits.MaxIdLength"/>.</param>
/// <param name="Amount">Rounded already. With or without tax as <see cref="TaxSettings.PricesIncludeTax"/> says. Negative for credits.</param>
/// <param name="ProductClass">One of <see cref="TaxClasses"/>, or a class of the operator's own data file.</param>
/// <param name="Supply">When it is supplied.</param>
/// <param name="TaxPoint">The day whose rate counts, where the seller knows better than the rule of the country, e.g. because an advance
/// payment made the tax due earlier; null for the rule.</param>
/// <param name="Place">Where the line is used and enjoyed or delivered, where that is not the buyer's place; null for the buyer's.</param>
public sealed record TaxableLine(
    string Id,
    Money Amount,
    string ProductClass,
    SupplyPeriod Supply,
    LocalDate? TaxPoint = null,
    TaxPlace? Place = null);
