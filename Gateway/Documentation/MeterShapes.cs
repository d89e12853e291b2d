namespace OrleansBilling.Gateway.Documentation;

/// <summary>A meter to declare.</summary>
/// <param name="Id">1–64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">For people; the id when left out.</param>
/// <param name="Unit">Unit of every reported value, for example kWh, MB or min.</param>
/// <param name="Aggregation">sum of the values (default), count of the events, max, min, latest, unique, or timeWeighted: the integral of
/// a level over the seconds that it holds.</param>
/// <param name="Cumulative">Given, devices report readings of a register that only grows, not usage.</param>
/// <param name="Per">device: each device is aggregated by itself, then devices are added up; left out, the subscription
/// is aggregated. Of max, min, latest and unique.</param>
/// <param name="UniqueOf">Of unique and timeWeighted: the dimension whose different values are counted.</param>
/// <param name="Reports">Of timeWeighted: level (default), values are the level; change, what it changes by.</param>
/// <param name="CarryOver">Whether the level at the end of a period goes on in the next: of timeWeighted unless false; of sum, latest and
/// unique only when true, and then the level at the period's end counts.</param>
/// <param name="Operation">The dimension that says add (also when missing) or remove: of sums, of changes, and of values that are
/// counted.</param>
/// <param name="Session">Given, records are starts, interim readings and stops of sessions.</param>
/// <param name="Value">An expression over the value and the dimensions of an event that says what it counts; its value when left
/// out.</param>
/// <param name="Dimensions">Dimensions that are derived, or have few values, in the order in which they are made.</param>
/// <param name="MaxDistinct">The most that one device may tell apart: values of a unique count, levels by their dimensions (10,000 when
/// left out), sessions (100,000).</param>
/// <param name="EventType">A type of event, of those that other products' clients send, which it counts beside the type that is its id.</param>
internal sealed record MeterShape(
    string Id, string? Name, string Unit, string? Aggregation, CumulativeShape? Cumulative, string? Per, string? UniqueOf,
    string? Reports, bool? CarryOver, string? Operation, SessionShape? Session, string? Value,
    DimensionRuleShape[]? Dimensions, int? MaxDistinct, string? EventType);

/// <summary>A dimension that a meter derives, or bounds, before any plan sees it.</summary>
/// <param name="Name">Of the dimension; what is derived replaces what the event says.</param>
/// <param name="Value">An expression that comes to a text; left out, the event says it.</param>
/// <param name="Values">The values that are told apart, up to 10,000; all when left out.</param>
/// <param name="Otherwise">What every other value becomes; other when left out.</param>
internal sealed record DimensionRuleShape(string Name, string? Value, string[]? Values, string? Otherwise);

/// <summary>Makes a meter one of sessions.</summary>
/// <param name="Reports">duration: values do not matter, the seconds count; delta: a value is what was used since the record before; total
/// (default): since the session began; register: a counter that runs on over sessions.</param>
/// <param name="Id">The dimension that names the session; session when left out.</param>
/// <param name="Phase">The dimension that says start, interim or stop; phase when left out.</param>
/// <param name="TimeoutSeconds">A longer time between two records is no part of the session.</param>
internal sealed record SessionShape(string? Reports, string? Id, string? Phase, int? TimeoutSeconds);

/// <summary>A register that only grows.</summary>
/// <param name="RolloverAt">The register starts again at 0 when it reaches this value; left out it never does.</param>
internal sealed record CumulativeShape(decimal? RolloverAt);
