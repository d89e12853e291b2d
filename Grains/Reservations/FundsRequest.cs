using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Grains.Reservations;

/// <summary>How far one request for a grant has come with the customer's money. It lives as long as the request.</summary>
internal sealed class FundsRequest
{
    /// <summary>What the bill may grow by; null before anything was missing.</summary>
    public Money? Budget { get; private set; }

    /// <summary>What the customer is asked to keep.</summary>
    public PeriodNeed[]? Need { get; private set; }

    /// <summary>Whether the customer keeps it.</summary>
    public bool IsKept { get; private set; }

    /// <summary>The quantity that <see cref="Need"/> is for.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>What that quantity adds to the bill at most.</summary>
    public Money Cost { get; private set; }

    /// <summary>The charge whose limit left less than was wanted.</summary>
    public string? LimitedBy { get; private set; }

    /// <summary>Whether that limit is money.</summary>
    public bool ByMoney { get; private set; }

    /// <summary>Nothing is kept for what is asked now.</summary>
    public void Ask(PeriodNeed[] need, decimal quantity, Money cost, string? limitedBy, bool byMoney) =>
        (Need, Quantity, Cost, LimitedBy, ByMoney, IsKept) = (need, quantity, cost, limitedBy, byMoney, false);

    /// <summary>The customer has answered.</summary>
    /// <param name="missing">Zero when it keeps what was asked for.</param>
    public void Answer(Money missing)
    {
        IsKept = missing.MinorUnits == 0;
        if (!IsKept)
        {
            // Each unit less that is used lowers what is missing by one unit at most, so that this never goes below what is possible.
            var left = Cost - missing;
            Budget = left.MinorUnits > 0 ? left : Money.Zero(missing.Currency);
        }
    }
}
