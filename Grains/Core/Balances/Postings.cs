using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>The postings of each kind of journal entry; those of an entry add up to zero.</summary>
public static class Postings
{
    /// <summary>Money comes in; what the wallet owes is repaid from it first.</summary>
    /// <param name="grant">The new grant.</param>
    /// <param name="owed">How far the wallet is overdrawn; not negative.</param>
    public static Posting[] OfGrant(CreditGrant grant, Money owed)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var account = Accounts.OfWallet(grant.Wallet);
        Posting[] received = [new(account, grant.Id, grant.Amount), new(Accounts.SourceOf(grant.Kind), null, -grant.Amount)];
        var repaid = Least(owed, grant.Amount);
        return repaid.MinorUnits == 0
            ? received
            : [.. received, new(account, grant.Id, -repaid), new(account, null, repaid)];
    }

    /// <summary>The unused rest leaves the wallet.</summary>
    /// <param name="grant">The grant that ends.</param>
    /// <param name="left">What is unused of it.</param>
    /// <param name="expired">To breakage; otherwise back to where it came from.</param>
    /// <param name="rolled">What goes on of it; null for nothing.</param>
    public static Posting[] OfEnd(CreditGrant grant, Money left, bool expired, CreditGrant? rolled = null)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var account = Accounts.OfWallet(grant.Wallet);
        var lost = rolled is null ? left : left - rolled.Amount;
        return
        [
            new(account, grant.Id, -left),
            .. rolled is null ? [] : (Posting[])[new(account, rolled.Id, rolled.Amount)],
            .. rolled is not null && lost.MinorUnits == 0
                ? []
                : (Posting[])[new(expired ? Accounts.Breakage : Accounts.SourceOf(grant.Kind), null, lost)],
        ];
    }

    /// <summary>The customer owes the total with its tax, and wallets pay a part of it.</summary>
    /// <param name="gross">Total with tax; may be zero or negative.</param>
    /// <param name="tax">The tax in it.</param>
    /// <param name="draws">What it took from wallets.</param>
    public static Posting[] OfInvoice(Money gross, Money tax, IReadOnlyCollection<WalletDraw> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        var owed = Owed(gross, tax);
        return draws.Count == 0
            ? owed
            : [.. owed,
                .. draws.Select(d => new Posting(Accounts.OfWallet(d.Wallet), d.Grant, -d.Amount)),
                new(Accounts.Receivable, null, draws.Aggregate(Money.Zero(gross.Currency), (sum, d) => sum + d.Amount))];
    }

    /// <summary>A credit note takes back what an invoice made the customer owe.</summary>
    /// <param name="gross">Total with tax.</param>
    /// <param name="tax">The tax in it.</param>
    public static Posting[] OfCreditNote(Money gross, Money tax) => Owed(-gross, -tax);

    /// <summary>The customer owes less, and the money is there.</summary>
    /// <param name="amount">Below zero when it goes back.</param>
    public static Posting[] OfPayment(Money amount) =>
        [new(Accounts.Receivable, null, amount), new(Accounts.Cash, null, -amount)];

    /// <summary>Nobody expects the rest of an invoice any more.</summary>
    public static Posting[] OfWriteOff(Money amount) =>
        [new(Accounts.Receivable, null, amount), new(Accounts.BadDebt, null, -amount)];

    private static Posting[] Owed(Money gross, Money tax)
    {
        var net = gross - tax;
        return
        [
            .. gross.MinorUnits == 0 ? [] : (Posting[])[new(Accounts.Receivable, null, -gross)],
            .. net.MinorUnits == 0 ? [] : (Posting[])[new(Accounts.Revenue, null, net)],
            .. tax.MinorUnits == 0 ? [] : (Posting[])[new(Accounts.Tax, null, tax)],
        ];
    }

    /// <summary>The sum, by which an entry is balanced when it is zero.</summary>
    public static Money Sum(IEnumerable<Posting> postings, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(postings);
        return postings.Aggregate(Money.Zero(currency), (sum, p) => sum + p.Amount);
    }

    internal static Money Least(Money a, Money b) => a.MinorUnits <= b.MinorUnits ? a : b;
}
