namespace OrleansBilling.Core.Balances;

/// <summary>Accounts of a customer's journal.</summary>
public static class Accounts
{
    /// <summary>What the customer owes for invoices: its balance is negative while something is due.</summary>
    public const string Receivable = "receivable";

    /// <summary>What was invoiced.</summary>
    public const string Revenue = "revenue";

    /// <summary>Money that the customer paid in or got back.</summary>
    public const string Cash = "cash";

    /// <summary>What promotional grants cost.</summary>
    public const string PromotionalExpense = "promotional-expense";

    /// <summary>What expired unused.</summary>
    public const string Breakage = "breakage";

    /// <summary>Tax that was invoiced, owed to whoever levies it.</summary>
    public const string Tax = "tax";

    /// <summary>What was given up of invoices.</summary>
    public const string BadDebt = "bad-debt";

    private const string WalletPrefix = "wallet:";

    /// <summary>The account of a wallet: its balance is the customer's money.</summary>
    public static string OfWallet(string wallet) => WalletPrefix + wallet;

    /// <summary>Whether an account is a wallet's.</summary>
    public static bool IsWallet(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.StartsWith(WalletPrefix, StringComparison.Ordinal);
    }

    /// <summary>The account that pays for a grant, and that gets back what is voided of it.</summary>
    public static string SourceOf(CreditKind kind) => kind == CreditKind.Promotional ? PromotionalExpense : Cash;
}
