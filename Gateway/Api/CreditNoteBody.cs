using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>What to take back of an invoice.</summary>
internal sealed class CreditNoteBody
{
    /// <summary>Chosen by you; unique among the customer's credit notes. The same content again is the same credit note.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>For people, on the document.</summary>
    [MaxText(500)]
    public required string Reason { get; set; }

    /// <summary>Left out: all that is left of every line, which voids the invoice.</summary>
    public CreditNoteLineBody[]? Lines { get; set; }
}

/// <summary>What to take back of a line.</summary>
internal sealed class CreditNoteLineBody
{
    /// <summary>Number of the invoice's line.</summary>
    public required int Line { get; set; }

    /// <summary>Major units, of the sign of the line: before tax, or with it where prices include it. Left out: all that is left of the line.</summary>
    public decimal? Amount { get; set; }
}
