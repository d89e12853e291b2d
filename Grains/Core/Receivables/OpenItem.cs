using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Receivables;

/// <summary>What is still to be paid of one invoice. It is settled by payments, credit notes and write-offs; never below zero.</summary>
/// <param name="due">What was to be paid when the invoice was issued; below zero it counts as nothing.</param>
public sealed class OpenItem(Money due)
{
    /// <summary>What was to be paid at first.</summary>
    public Money Due { get; } = due.MinorUnits < 0 ? Money.Zero(due.Currency) : due;

    /// <summary>By payments.</summary>
    public Money Paid { get; private set; } = Money.Zero(due.Currency);

    /// <summary>By credit notes; what they take back beyond what was still to be paid is not here.</summary>
    public Money Credited { get; private set; } = Money.Zero(due.Currency);

    /// <summary>Given up.</summary>
    public Money WrittenOff { get; private set; } = Money.Zero(due.Currency);

    /// <summary>What is still to be paid.</summary>
    public Money Left => Due - Paid - Credited - WrittenOff;

    /// <summary>A payment, or with an amount below zero one that came back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is left, or more comes back than was paid.</exception>
    public void Pay(Money amount)
    {
        Check(amount, Left, Paid);
        Paid += amount;
    }

    /// <summary>A credit note.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is left, or below zero.</exception>
    public void Credit(Money amount)
    {
        Check(amount, Left, Money.Zero(amount.Currency));
        Credited += amount;
    }

    /// <summary>Nobody expects the rest any more; with an amount below zero it is expected again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is left, or more than was given up.</exception>
    public void WriteOff(Money amount)
    {
        Check(amount, Left, WrittenOff);
        WrittenOff += amount;
    }

    private static void Check(Money amount, Money most, Money undone)
    {
        if (amount.MinorUnits > most.MinorUnits || amount.MinorUnits < -undone.MinorUnits)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, $"Only -{undone} to {most} fit.");
        }
    }
}
