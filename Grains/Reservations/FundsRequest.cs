using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Reservations;

namespace OrleansBilling.Grains.Reservations;

/// <summary>How far one request for a grant has come with the customer's money. It lives as long as the request.</summary>
internal sealed class FundsRequest
{
    /// <summary>What the bill may grow by; null before anything was missing.</summary>
    public Money? Budget { get; private set; }

    /// <summary>What left so little.</summary>
    public QuotaLimit BudgetBy { get; private set; }

    /// <summary>Whether the customer limits nothing any more, whatever its subscriptions were told.</summary>
    public bool IsWaived { get; private set; }

    /// <summary>End of the billing period that is reserved of.</summary>
    public Instant UsageEnd { get; private set; }

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

    /// <summary>What that limit is.</summary>
    public QuotaLimit Limit { get; private set; }

    /// <summary>Nothing is kept for what is asked now.</summary>
    public void Ask(PeriodNeed[] need, Instant usageEnd, Money cost, QuotaGrant grant) =>
        (Need, UsageEnd, Cost, Quantity, LimitedBy, Limit, IsKept) = (need, usageEnd, cost, grant.Quantity, grant.LimitedBy, grant.Limit, false);

    /// <summary>The customer limits nothing.</summary>
    public void Waive() => IsWaived = true;

    /// <summary>The customer has answered.</summary>
    public void Answered(FundsAnswer answer)
    {
        IsKept = answer.Missing.MinorUnits == 0;
        if (!IsKept)
        {
            // Each unit less that is used lowers what is missing by one unit at most, so that this never goes below what is possible.
            var left = Cost - answer.Missing;
            Budget = left.MinorUnits > 0 ? left : Money.Zero(left.Currency);
            BudgetBy = answer.ByAgreement ? QuotaLimit.Customer : QuotaLimit.Balance;
        }
    }
}
