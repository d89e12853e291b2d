using System.Globalization;

namespace OrleansBilling.Core.Amounts;

/// <summary>Whole minor units of one currency. Amounts of different currencies never combine.</summary>
/// <remarks><c>default</c> has no currency; every operation on it throws
/// <see cref="InvalidOperationException"/>.</remarks>
public readonly record struct Money
{
    private readonly Currency? _currency;

    /// <summary>An amount in minor units, e.g. 18500 for EUR 185.00.</summary>
    public Money(long minorUnits, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        MinorUnits = minorUnits;
        _currency = currency;
    }

    /// <summary>Whole minor units; may be negative (a credit).</summary>
    public long MinorUnits { get; }

    /// <summary>The currency.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public Currency Currency => _currency ?? throw new InvalidOperationException("A default Money has no currency.");

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>An exact amount in major units, rounded once to whole minor units.</summary>
    /// <exception cref="OverflowException">Beyond <see cref="long"/> minor units.</exception>
    public static Money FromExact(decimal amount, Currency currency, LineRounding rounding)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var rounded = decimal.Round(amount, currency.MinorUnitDigits, Mode(rounding, amount));
        return new((long)(rounded * PowerOfTen(currency.MinorUnitDigits)), currency);
    }

    /// <summary>The sum.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">Beyond <see cref="long"/> minor units.</exception>
    public static Money operator +(Money left, Money right) =>
        new(checked(left.MinorUnits + right.MinorUnits), Common(left, right));

    /// <summary>The difference.</summary>
    /// <inheritdoc cref="op_Addition" path="/exception" />
    public static Money operator -(Money left, Money right) =>
        new(checked(left.MinorUnits - right.MinorUnits), Common(left, right));

    /// <summary>The opposite amount.</summary>
    /// <exception cref="OverflowException">Of <see cref="long.MinValue"/>.</exception>
    public static Money operator -(Money value) => new(checked(-value.MinorUnits), value.Currency);

    /// <summary>The sum, for languages without operators.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>The difference, for languages without operators.</summary>
    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>The opposite amount, for languages without operators.</summary>
    public static Money Negate(Money value) => -value;

    /// <summary>In major units, exact: 18500 minor units of EUR are 185.00.</summary>
    public decimal ToDecimal() => new decimal(MinorUnits) / PowerOfTen(Currency.MinorUnitDigits);

    /// <summary>Shares the amount out by weight; nothing is lost and no part is off by a whole minor unit.</summary>
    /// <param name="weights">Not negative, not all zero.</param>
    /// <returns>One part per weight, in their order. Minor units left over go to the largest remainders, then to the
    /// earlier part.</returns>
    /// <exception cref="ArgumentException">No weights, a negative one, or all zero.</exception>
    public IReadOnlyList<Money> Allocate(IReadOnlyList<long> weights) => LargestRemainder.Allocate(this, weights);

    /// <summary>As <see cref="Allocate(IReadOnlyList{long})"/>, by weights that need not be whole; exact.</summary>
    /// <inheritdoc cref="Allocate(IReadOnlyList{long})" path="/exception" />
    public IReadOnlyList<Money> Allocate(IReadOnlyList<decimal> weights) => LargestRemainder.Allocate(this, weights);

    /// <summary>Plain major units with every digit of the minor unit and no code: <c>185.00</c>, <c>-0.05</c>,
    /// <c>120</c> for yen.</summary>
    public override string ToString() =>
        ToDecimal().ToString(
            "F" + Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static Currency Common(Money left, Money right) => left.Currency.Equals(right.Currency)
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not combine.");

    private static MidpointRounding Mode(LineRounding rounding, decimal amount) => rounding switch
    {
        LineRounding.HalfAwayFromZero => MidpointRounding.AwayFromZero,
        LineRounding.HalfEven => MidpointRounding.ToEven,
        LineRounding.Down => MidpointRounding.ToZero,
        LineRounding.Up => amount < 0m ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "No such rounding."),
    };

    private static decimal PowerOfTen(int digits) => digits switch
    {
        0 => 1m,
        2 => 100m,
        3 => 1000m,
        _ => throw new ArgumentOutOfRangeException(nameof(digits), digits, "No currency has such a minor unit."),
    };
}
