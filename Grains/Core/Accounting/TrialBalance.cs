using OrleansBilling.Core.Balances;

namespace OrleansBilling.Core.Accounting;

/// <summary>Sums of postings by account and currency, over any number of journals. As every entry is balanced, opening and closing
/// balances of a currency add up to zero, and its debits are its credits.</summary>
public sealed class TrialBalance
{
    /// <summary>The one account that stands for those of all wallets.</summary>
    public const string Wallets = "wallets";

    private readonly SortedDictionary<(string Currency, string Account), TrialBalanceLine> _lines = new(
        Comparer<(string Currency, string Account)>.Create((a, b) => string.CompareOrdinal(a.Currency, b.Currency) is var byCurrency and not 0
            ? byCurrency
            : string.CompareOrdinal(a.Account, b.Account)));

    /// <summary>By currency and account.</summary>
    public IReadOnlyCollection<TrialBalanceLine> Lines => _lines.Values;

    /// <summary>An entry that was posted before the period.</summary>
    public void Open(IEnumerable<Posting> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var posting in entry)
        {
            Add(new(AccountOf(posting), posting.Amount.Currency.Code, posting.Amount.ToDecimal(), 0m, 0m));
        }
    }

    /// <summary>An entry that was posted in the period.</summary>
    public void Post(IEnumerable<Posting> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var posting in entry)
        {
            var amount = posting.Amount.ToDecimal();
            Add(new(AccountOf(posting), posting.Amount.Currency.Code, 0m, Math.Max(-amount, 0m), Math.Max(amount, 0m)));
        }
    }

    /// <summary>Sums of other journals.</summary>
    public void Add(TrialBalanceLine sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var key = (sums.Currency, sums.Account);
        _lines[key] = _lines.TryGetValue(key, out var known)
            ? known with { Opening = known.Opening + sums.Opening, Debits = known.Debits + sums.Debits, Credits = known.Credits + sums.Credits }
            : sums;
    }

    private static string AccountOf(Posting posting) => Accounts.IsWallet(posting.Account) ? Wallets : posting.Account;
}

/// <summary>One account in one currency, in major units. Balances are above zero for a credit balance, as postings are for a
/// credit.</summary>
/// <param name="Opening">Sum of all postings before the period.</param>
/// <param name="Debits">Of the period; not below zero.</param>
/// <param name="Credits">Of the period; not below zero.</param>
public sealed record TrialBalanceLine(string Account, string Currency, decimal Opening, decimal Debits, decimal Credits)
{
    /// <summary>Sum of all postings up to the end of the period.</summary>
    public decimal Closing => Opening + Credits - Debits;
}
