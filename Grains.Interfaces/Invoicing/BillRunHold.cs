namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Drafts that wait for one reason.</summary>
/// <param name="Code">As in <see cref="InvoiceHold"/>.</param>
/// <param name="Sums">By currency; a draft with several reasons is in each of them.</param>
[GenerateSerializer, Immutable, Alias("billing.bill-run-hold")]
public sealed record BillRunHold([property: Id(0)] string Code, [property: Id(1)] BillRunSum[] Sums);
