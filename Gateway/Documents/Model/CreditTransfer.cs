namespace OrleansBilling.Documents;

/// <summary>An account to pay to, BG-17.</summary>
/// <param name="Account">IBAN, without spaces or with, or a national account number (BT-84).</param>
/// <param name="AccountName">BT-85.</param>
/// <param name="ServiceProvider">BIC or national bank code (BT-86).</param>
public sealed record CreditTransfer(string Account, string? AccountName = null, string? ServiceProvider = null);
