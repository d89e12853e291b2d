using System.Globalization;

namespace OrleansBilling.Core.Balances;

/// <summary>
/// Automatic top-ups of a wallet, numbered from 1. The id of the next one follows from the grants that there are, and an id counts
/// once: whoever collects the money, however often and from however many places, puts it in at most once for each crossing.
/// </summary>
/// <remarks>Rule: ADR 0017.</remarks>
public static class TopUps
{
    /// <summary>What the ids of such grants begin with; in a wallet with a rule no other grant has one like it.</summary>
    public const string IdPrefix = "top-up-";

    /// <summary>Whether an id is one of a top-up.</summary>
    public static bool IsTopUp(string grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return grant.StartsWith(IdPrefix, StringComparison.Ordinal);
    }

    /// <summary>The id of the next one, due or not.</summary>
    public static string NextId(Ledger ledger, Wallet wallet)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(wallet);
        // A grant stays known when it is used up, voided or expired, so that no number comes twice.
        var made = ledger.Grants.Count(g => g.Wallet == wallet.Id && IsTopUp(g.Id));
        return IdPrefix + (made + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the next one is due: at most one at a time is.</summary>
    public static bool IsDue(Ledger ledger, Wallet wallet)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(wallet);
        return wallet.TopUp is { } rule
            && ledger.Balance(Accounts.OfWallet(wallet.Id)) is var balance && balance.MinorUnits < rule.Below.MinorUnits;
    }
}
