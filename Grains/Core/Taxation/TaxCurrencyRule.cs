using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>The tax of a jurisdiction must also be shown in a currency (BT-6 and BT-111 of EN 16931).</summary>
/// <param name="Jurisdiction">Whose tax.</param>
/// <param name="Currency">In which the tax amount is shown.</param>
/// <param name="Source">The law, which also says which exchange rate counts.</param>
/// <param name="TaxPoint">The day whose exchange rate counts: the last day of supply among the lines so taxed, or the invoice's where
/// that is earlier or the jurisdiction taxes by it. Null from before there were exchange rates, and where a calculator does not
/// say it: the invoice's date.</param>
public sealed record TaxCurrencyRule(string Jurisdiction, Currency Currency, string Source, LocalDate? TaxPoint = null);
