using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>What was reported of a session at one instant, all records of that instant taken together.</summary>
/// <param name="Time">When.</param>
/// <param name="Phases">Of all records.</param>
/// <param name="Value">Of several the greatest; 0 or more.</param>
/// <param name="Dimensions">Without session and phase, in order of their names; of several values the greatest.</param>
public readonly record struct SessionReading(
    Instant Time, SessionPhases Phases, decimal Value, KeyValuePair<string, string>[] Dimensions)
{
    /// <summary>The words of the phases.</summary>
    public const string Start = "start";

    /// <summary>See <see cref="Start"/>.</summary>
    public const string Interim = "interim";

    /// <summary>See <see cref="Start"/>.</summary>
    public const string Stop = "stop";

    /// <summary>Reads a record of a session meter.</summary>
    /// <param name="rule">The meter's.</param>
    /// <param name="time">Of the record.</param>
    /// <param name="quantity">Its value, in the meter's unit.</param>
    /// <param name="dimensions">Of the record, with that of the session.</param>
    public static SessionReading Of(
        SessionRule rule, Instant time, decimal quantity, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        var phase = dimensions.FirstOrDefault(d => d.Key == rule.Phase).Value switch
        {
            Start => SessionPhases.Start,
            Stop => SessionPhases.Stop,
            _ => SessionPhases.Interim,
        };
        return new(
            time, phase, rule.Reports == SessionRule.Duration ? 0m : quantity,
            [.. dimensions.Where(d => d.Key != rule.Phase && d.Key != rule.Id).OrderBy(d => d.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Whether it begins anew without ending at that very instant what was before.</summary>
    internal bool BeginsOnly => Phases == SessionPhases.Start;

    /// <summary>Whether nothing follows unless it begins anew.</summary>
    internal bool EndsOnly => Phases == SessionPhases.Stop;

    /// <summary>Both, at the same instant; the order makes no difference.</summary>
    internal SessionReading Merge(in SessionReading other) => new(
        Time, Phases | other.Phases, Math.Max(Value, other.Value), Union(Dimensions, other.Dimensions, greatest: true));

    /// <summary>Whether both say the same.</summary>
    internal bool Says(in SessionReading other) =>
        Time == other.Time && Phases == other.Phases && Value == other.Value && Dimensions.AsSpan().SequenceEqual(other.Dimensions);

    /// <summary>All dimensions of both; those of the second one count where both have one, or the greatest.</summary>
    internal static KeyValuePair<string, string>[] Union(
        KeyValuePair<string, string>[] first, KeyValuePair<string, string>[] second, bool greatest = false)
    {
        if (second.Length == 0 || first.AsSpan().SequenceEqual(second))
        {
            return first;
        }

        var all = new SortedDictionary<string, string>(first.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in second)
        {
            if (!greatest || !all.TryGetValue(name, out var known) || string.CompareOrdinal(value, known) > 0)
            {
                all[name] = value;
            }
        }

        return [.. all];
    }
}
