namespace OrleansBilling.Contracts.Invoicing;

/// <summary>A credit note to issue.</summary>
/// <param name="Id">1–128 characters; unique among the customer's credit notes: the same content again is the same credit note.</param>
/// <param name="Invoice">Number of the invoice.</param>
/// <param name="Reason">For people, on the document; 1 to 500 characters.</param>
/// <param name="Lines">What to take back; null for all that is left of every line, which voids the invoice.</param>
[GenerateSerializer, Immutable, Alias("billing.credit-note-spec")]
public sealed record CreditNoteSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Invoice,
    [property: Id(2)] string Reason,
    [property: Id(3)] CreditNoteLineSpec[]? Lines);

/// <summary>What to take back of a line.</summary>
/// <param name="Line">Number of the invoice's line.</param>
/// <param name="Amount">Major units, of the sign of the line; null for all that is left of it.</param>
[GenerateSerializer, Immutable, Alias("billing.credit-note-line-spec")]
public sealed record CreditNoteLineSpec([property: Id(0)] int Line, [property: Id(1)] decimal? Amount);
