using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>How a seller calculates.</summary>
/// <param name="PricesIncludeTax">Whether the amounts of lines contain the taxes. Default false.</param>
/// <param name="Rounding">Where tax is rounded.</param>
/// <param name="Mode">How it is rounded.</param>
/// <param name="MaxDataAgeDays">Holds invoices whose tax point is more days after <see cref="TaxDataInfo.ReviewedThrough"/>; null (the
/// default) to take the last known law as lasting.</param>
public sealed record TaxSettings(
    bool PricesIncludeTax = false,
    TaxRounding Rounding = TaxRounding.PerInvoice,
    LineRounding Mode = LineRounding.HalfAwayFromZero,
    int? MaxDataAgeDays = null);
