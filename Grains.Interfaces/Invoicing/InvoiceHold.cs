namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Why an invoice waits.</summary>
/// <param name="Code">Stable, such as <c>review.required</c>.</param>
/// <param name="Message">For people: what to do about it.</param>
[GenerateSerializer, Immutable, Alias("billing.invoice-hold")]
public sealed record InvoiceHold([property: Id(0)] string Code, [property: Id(1)] string Message);
