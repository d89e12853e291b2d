namespace OrleansBilling.Core.Amounts;

/// <summary>Sharing whole minor units by the largest-remainder method (Hamilton).</summary>
internal static class LargestRemainder
{
    internal static Money[] Allocate(Money amount, IReadOnlyList<long> weights)
    {
        var total = Total(weights);
        var magnitude = Int128.Abs(amount.MinorUnits);
        var parts = new Int128[weights.Count];
        var remainders = new Int128[weights.Count];
        var left = magnitude;
        for (var i = 0; i < weights.Count; i++)
        {
            (parts[i], remainders[i]) = Int128.DivRem(magnitude * weights[i], total);
            left -= parts[i];
        }

        foreach (var i in ByRemainder(remainders).Take((int)left))
        {
            parts[i]++;
        }

        var sign = amount.MinorUnits < 0 ? -1 : 1;
        return Array.ConvertAll(parts, part => new Money((long)(part * sign), amount.Currency));
    }

    private static Int128 Total(IReadOnlyList<long> weights)
    {
        Int128 total = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            total += weights[i] >= 0
                ? weights[i]
                : throw new ArgumentException($"Weight {i} is negative: {weights[i]}.", nameof(weights));
        }

        return total > 0 ? total : throw new ArgumentException("The weights add up to nothing.", nameof(weights));
    }

    /// <remarks>A stable sort: of equal remainders the earlier part comes first.</remarks>
    private static IEnumerable<int> ByRemainder(Int128[] remainders) =>
        Enumerable.Range(0, remainders.Length).OrderByDescending(i => remainders[i]);
}
