namespace OrleansBilling.Core.Balances;

/// <summary>What a journal entry stands for.</summary>
public static class JournalKinds
{
    /// <summary>An invoice was issued, and drew on wallets.</summary>
    public const string Invoice = "invoice";

    /// <summary>A credit note took back a part or all of an invoice.</summary>
    public const string CreditNote = "creditNote";

    /// <summary>Money came in for invoices.</summary>
    public const string Payment = "payment";

    /// <summary>A payment came back.</summary>
    public const string PaymentReversal = "paymentReversal";

    /// <summary>Money went back to the customer.</summary>
    public const string Refund = "refund";

    /// <summary>What was left of an invoice was given up.</summary>
    public const string WriteOff = "writeOff";

    /// <summary>Money was put into a wallet.</summary>
    public const string Grant = "grant";

    /// <summary>The unused rest of a grant was taken back.</summary>
    public const string Voided = "void";

    /// <summary>The unused rest of a grant expired.</summary>
    public const string Expired = "expiry";
}
