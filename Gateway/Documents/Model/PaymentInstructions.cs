namespace OrleansBilling.Documents;

/// <summary>How to pay, BG-16.</summary>
public sealed record PaymentInstructions
{
    /// <summary>UNTDID 4461 (BT-81): <c>30</c> credit transfer, <c>58</c> SEPA credit transfer, <c>59</c> SEPA direct
    /// debit, <c>48</c> card, <c>1</c> not defined.</summary>
    public required string MeansCode { get; init; }

    /// <summary>For people, in the document's language (BT-82).</summary>
    public string? MeansText { get; init; }

    /// <summary>What the payer states (BT-83).</summary>
    public string? RemittanceInformation { get; init; }

    /// <summary>BG-17.</summary>
    public IReadOnlyList<CreditTransfer> CreditTransfers { get; init; } = [];

    /// <summary>BG-19.</summary>
    public DirectDebit? DirectDebit { get; init; }
}
