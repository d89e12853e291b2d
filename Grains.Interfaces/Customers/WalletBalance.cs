using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Contracts.Customers;

/// <summary>A wallet beside the running bill.</summary>
/// <param name="Current">Posted credits less posted debits.</param>
/// <param name="Accrued">What the running bill will draw.</param>
/// <param name="Reserved">Held by open reservations.</param>
/// <param name="Expired">Past its expiry and drawn by no period of the bill; about to be posted away.</param>
/// <param name="CreditLimit">How far invoices may overdraw it.</param>
/// <param name="Available">Current less accrued, reserved and expired, plus the credit limit.</param>
[GenerateSerializer, Immutable, Alias("billing.wallet-balance")]
public sealed record WalletBalance(
    [property: Id(0)] string Wallet,
    [property: Id(1)] Money Current,
    [property: Id(2)] Money Accrued,
    [property: Id(3)] Money Reserved,
    [property: Id(4)] Money Expired,
    [property: Id(5)] Money CreditLimit,
    [property: Id(6)] Money Available);
