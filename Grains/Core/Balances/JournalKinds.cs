namespace OrleansBilling.Core.Balances;

/// <summary>What a journal entry stands for.</summary>
public static class JournalKinds
{
    /// <summary>An invoice was issued, and drew on wallets.</summary>
    public const string Invoice = "invoice";

    /// <summary>Money was put into a wallet.</summary>
    public const string Grant = "grant";

    /// <summary>The unused rest of a grant was taken back.</summary>
    public const string Voided = "void";

    /// <summary>The unused rest of a grant expired.</summary>
    public const string Expired = "expiry";
}
