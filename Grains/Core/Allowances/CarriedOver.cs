namespace OrleansBilling.Core.Allowances;

/// <summary>What earlier periods left to the pools of a plan, by ids of charge and allowance, the oldest first.</summary>
public sealed class CarriedOver
{
    /// <summary>Nothing.</summary>
    public static readonly CarriedOver None = new(new Dictionary<(string, string), IReadOnlyList<CarriedQuantity>>());

    private readonly IReadOnlyDictionary<(string Charge, string Allowance), IReadOnlyList<CarriedQuantity>> _quantities;

    internal CarriedOver(IReadOnlyDictionary<(string Charge, string Allowance), IReadOnlyList<CarriedQuantity>> quantities) =>
        _quantities = quantities;

    /// <summary>Of one pool; empty when nothing is.</summary>
    public IReadOnlyList<CarriedQuantity> Of(string charge, string allowance) =>
        _quantities.TryGetValue((charge, allowance), out var carried) ? carried : [];

    /// <summary>The pools of which something holds.</summary>
    internal CarriedOver Where(Func<string, string, bool> holds)
    {
        var kept = _quantities.Where(q => holds(q.Key.Charge, q.Key.Allowance)).ToDictionary();
        return kept.Count == 0 ? None : new(kept);
    }
}
