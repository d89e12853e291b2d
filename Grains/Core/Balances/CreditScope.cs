namespace OrleansBilling.Core.Balances;

/// <summary>Which lines of a bill money may pay. All of what is given must fit.</summary>
/// <param name="Charges">Ids of charges; null for any.</param>
/// <param name="Meters">Ids of meters; null for any, and for charges without one.</param>
/// <param name="Dimensions">
/// Values by dimension; null for any. A charge fits when its <c>where</c> lets only these values through: a line has no parts by
/// dimension, so a charge over all zones is in the scope of none.
/// </param>
public sealed record CreditScope(
    IReadOnlyList<string>? Charges,
    IReadOnlyList<string>? Meters,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Dimensions)
{
    /// <summary>How much it asks for; money with a higher number is drawn first. A charge counts for two, as it implies its meter.</summary>
    public int Specificity() => (Charges is null ? 0 : 2) + (Meters is null ? 0 : 1) + (Dimensions?.Count ?? 0);

    /// <summary>Whether it asks for more than the id of a charge, which a line itself does not tell.</summary>
    public bool NeedsSource() => Meters is not null || Dimensions is not null;

    /// <summary>Whether money of this scope may pay a line.</summary>
    public bool Covers(BillLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Charges?.Contains(line.Charge) != false
            && (Meters is null || (line.Source is { } source && Meters.Contains(source.Meter)))
            && (Dimensions is null || Dimensions.All(d => IsWithin(line.Source, d.Key, d.Value)));
    }

    /// <inheritdoc />
    public bool Equals(CreditScope? other) => other is not null && Text() == other.Text();

    /// <inheritdoc />
    public override int GetHashCode() => Text().GetHashCode(StringComparison.Ordinal);

    private static bool IsWithin(LineSource? source, string dimension, IReadOnlyList<string> values) =>
        source?.Where?.FirstOrDefault(w => w.Dimension == dimension) is { } clause && clause.Values.All(values.Contains);

    /// <summary>The order of names makes no difference. Ids and values have no control characters.</summary>
    private string Text() => string.Join('\u0001', Text(Charges), Text(Meters), Dimensions is null ? "-" : string.Join(
        '\u0002', Dimensions.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}\u0003{Text(d.Value)}")));

    private static string Text(IReadOnlyList<string>? names) =>
        names is null ? "-" : "+" + string.Join('\u0004', names.Order(StringComparer.Ordinal));
}
