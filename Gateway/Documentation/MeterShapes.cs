namespace OrleansBilling.Gateway.Documentation;

/// <summary>A meter to declare.</summary>
/// <param name="Id">1–64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">For people; the id when left out.</param>
/// <param name="Unit">Unit of every reported value, for example kWh, MB or min.</param>
/// <param name="Aggregation">sum of the values (default), count of the events, max, min, latest, or unique.</param>
/// <param name="Cumulative">Given, devices report readings of a register that only grows, not usage.</param>
/// <param name="Per">device: each device is aggregated by itself, then devices are added up; left out, the subscription
/// is aggregated. Of max, min, latest and unique.</param>
/// <param name="UniqueOf">Of unique: the dimension whose different values are counted.</param>
internal sealed record MeterShape(
    string Id, string? Name, string Unit, string? Aggregation, CumulativeShape? Cumulative, string? Per, string? UniqueOf);

/// <summary>A register that only grows.</summary>
/// <param name="RolloverAt">The register starts again at 0 when it reaches this value; left out it never does.</param>
internal sealed record CumulativeShape(decimal? RolloverAt);
