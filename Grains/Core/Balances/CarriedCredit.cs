using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>
/// Invoices below zero: their amount is carried forward and lowers the next invoices, before wallets are drawn, until it is used up.
/// Nothing expires and nothing is paid out.
/// </summary>
/// <remarks>Rule: ADR 0021. The same code issues invoices, tells what a running bill will come to, and audits.</remarks>
/// <param name="currency">Of all amounts.</param>
public sealed class CarriedCredit(Currency currency)
{
    /// <summary>What later invoices can still use; not below zero.</summary>
    public Money Left { get; private set; } = Money.Zero(currency);

    /// <summary>What an invoice uses, in the order of issue.</summary>
    /// <param name="total">Of the invoice; below zero it adds to <see cref="Left"/>.</param>
    /// <returns>From zero to <paramref name="total"/>.</returns>
    public Money Use(Money total)
    {
        if (total.MinorUnits <= 0)
        {
            Left -= total;
            return Money.Zero(currency);
        }

        var used = Postings.Least(Left, total);
        Left -= used;
        return used;
    }

    /// <summary>What a credit note leaves; below zero what was paid back.</summary>
    public void Give(Money amount) => Left += amount;

    /// <summary>Takes an invoice as it was issued.</summary>
    /// <param name="total">Of the invoice.</param>
    /// <param name="used">What it used, by the program of its time.</param>
    public void Take(Money total, Money used) => Left -= total.MinorUnits < 0 ? total : used;
}
