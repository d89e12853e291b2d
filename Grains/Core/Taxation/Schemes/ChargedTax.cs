namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>A tax that is charged.</summary>
internal sealed record ChargedTax(string Jurisdiction, string Tax, string Rule);
