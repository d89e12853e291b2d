namespace OrleansBilling.Documents;

/// <summary>The amount is collected, BG-19.</summary>
/// <param name="MandateReference">BT-89.</param>
/// <param name="CreditorId">BT-90.</param>
/// <param name="DebitedAccount">IBAN that is debited (BT-91).</param>
public sealed record DirectDebit(string MandateReference, string? CreditorId = null, string? DebitedAccount = null);
