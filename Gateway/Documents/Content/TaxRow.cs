namespace OrleansBilling.Documents.Content;

/// <summary>A row of the tax breakdown.</summary>
/// <param name="Rate">Rate, or the category where no tax is charged.</param>
/// <param name="Taxable">Without currency.</param>
/// <param name="Tax">Without currency.</param>
/// <param name="Reason">Why there is none; null where there is.</param>
internal sealed record TaxRow(string Rate, string Taxable, string Tax, string? Reason);
