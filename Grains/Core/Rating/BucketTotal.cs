using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Rating;

/// <summary>What usage adds up to in one bucket. Adding is exact, so order and grouping make no difference.</summary>
/// <param name="Quantity">In the meter's unit, after per-event rules; a number of events where the charge prices
/// events.</param>
/// <param name="Amount">Exact, in major units; only where each event is priced by itself: schedules with direct
/// prices, limits per event.</param>
/// <param name="Events">Usage events.</param>
public readonly record struct BucketTotal(decimal Quantity, decimal Amount, long Events)
{
    /// <summary>No usage.</summary>
    public static BucketTotal Zero => default;

    /// <summary>One contribution as a total.</summary>
    public static BucketTotal Of(in Contribution contribution) => new(contribution.Quantity, contribution.Amount, 1);

    /// <summary>The total of both.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public BucketTotal Add(in BucketTotal other) => new(
        ExactMath.Add(Quantity, other.Quantity),
        Amount == 0m && other.Amount == 0m ? 0m : ExactMath.Add(Amount, other.Amount),
        checked(Events + other.Events));

    /// <summary>This total without the other.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public BucketTotal Subtract(in BucketTotal other) => new(
        ExactMath.Subtract(Quantity, other.Quantity),
        Amount == 0m && other.Amount == 0m ? 0m : ExactMath.Subtract(Amount, other.Amount),
        checked(Events - other.Events));

    /// <summary>With one more event.</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public BucketTotal Add(in Contribution contribution) => Add(Of(contribution));

    /// <summary>With one more event; false, and this total, when the sum does not fit a decimal. Lets an absurd event
    /// be refused before it is counted.</summary>
    public bool TryAdd(in Contribution contribution, out BucketTotal total)
    {
        var fits = ExactMath.TryAdd(Quantity, contribution.Quantity, out var quantity)
            & ExactMath.TryAdd(Amount, contribution.Amount, out var amount);
        total = fits ? new(quantity, amount, checked(Events + 1)) : this;
        return fits;
    }

    /// <summary>With one event less (a void or a correction).</summary>
    /// <exception cref="InexactAmountException">It does not fit a decimal.</exception>
    public BucketTotal Subtract(in Contribution contribution) => Subtract(Of(contribution));
}
