using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Rating;

/// <summary>Collects the steps of a charge and their exact sum.</summary>
internal sealed class StepList
{
    private readonly List<RatingStep> _steps = [];

    /// <summary>Major units, not rounded to the minor unit.</summary>
    internal decimal Exact { get; private set; }

    internal IReadOnlyList<RatingStep> Steps => _steps;

    /// <summary>Quantity times unit price.</summary>
    internal void Price(string text, decimal quantity, decimal unitPrice, string kind = StepKinds.Price) =>
        Add(text, quantity, unitPrice, ExactMath.Multiply(quantity, unitPrice), kind);

    /// <summary>A fixed amount.</summary>
    internal void Fixed(string text, decimal amount, string kind) => Add(text, null, null, amount, kind);

    internal void Add(string text, decimal? quantity, decimal? unitPrice, decimal amount, string kind)
    {
        Exact = ExactMath.Add(Exact, amount);
        _steps.Add(new(text, quantity, unitPrice, amount, kind));
    }

    /// <summary>Brings the sum to a value that need not be a sum of finite decimals (a prorated share).</summary>
    internal void BringTo(decimal exact, string text, string kind)
    {
        if (ExactMath.TryAdd(exact, -Exact, out var change))
        {
            _steps.Add(new(text, null, null, change, kind));
        }
        else
        {
            // A share's many places and a big amount fit a decimal each, their difference does not: steps would not add up.
            _steps.Add(new("replaced as follows", null, null, -Exact, kind));
            _steps.Add(new(text, null, null, exact, kind));
        }

        Exact = exact;
    }

    /// <summary>Rounds once and shows what that changed.</summary>
    internal Money Round(Currency currency, LineRounding rounding)
    {
        var money = Money.FromExact(Exact, currency, rounding);
        var difference = money.ToDecimal() - Exact;
        if (difference != 0m)
        {
            _steps.Add(new($"rounded to {money} {currency}", null, null, difference, StepKinds.Rounding));
        }

        return money;
    }
}
