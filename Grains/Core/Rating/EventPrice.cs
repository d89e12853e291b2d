using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>What one event costs by itself under a percentage or dynamic price: <c>value * factor + fee</c>, within
/// limits.</summary>
internal sealed class EventPrice
{
    private readonly decimal _factor;
    private readonly decimal _fee;
    private readonly decimal? _minimum;
    private readonly decimal? _maximum;

    private EventPrice(PriceDefinition price)
    {
        _factor = price.Model == PriceModel.Dynamic ? 1m + Share(price.MarkupPercent) : Share(price.RatePercent);
        _fee = price.FixedFee ?? 0m;
        _minimum = price.MinimumPerEvent;
        _maximum = price.MaximumPerEvent;
        IsAmount = price.PricesEvents;
    }

    /// <summary>Whether totals must hold the amounts: limits per event cannot be told from sums.</summary>
    internal bool IsAmount { get; }

    /// <summary>Null where an event's price depends on others (free events, free value) or the model has none.</summary>
    internal static EventPrice? Of(PriceDefinition? price) =>
        price is { Model: PriceModel.Percentage or PriceModel.Dynamic, FreeEvents: null or 0m, FreeAmount: null or 0m }
            ? new(price)
            : null;

    /// <summary>Percent as a factor; exact.</summary>
    internal static decimal Share(decimal? percent) => (percent ?? 0m) * 0.01m;

    /// <summary>The exact amount, false when it does not fit a decimal.</summary>
    internal bool TryAmount(decimal value, out decimal amount)
    {
        if (!ExactMath.TryMultiply(value, _factor, out var share) || !ExactMath.TryAdd(share, _fee, out amount))
        {
            amount = 0m;
            return false;
        }

        amount = _maximum is { } most ? Math.Min(amount, most) : amount;
        amount = _minimum is { } least ? Math.Max(amount, least) : amount;
        return true;
    }
}
