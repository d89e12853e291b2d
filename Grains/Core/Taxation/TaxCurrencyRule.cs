using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>The tax of a jurisdiction must also be shown in a currency (BT-6 and BT-111 of EN 16931).</summary>
/// <param name="Jurisdiction">Whose tax.</param>
/// <param name="Currency">In which the tax amount is shown.</param>
/// <param name="Source">The law, which also says which exchange rate counts.</param>
public sealed record TaxCurrencyRule(string Jurisdiction, Currency Currency, string Source);
