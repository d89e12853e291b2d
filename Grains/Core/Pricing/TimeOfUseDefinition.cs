using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>Prices by local time in the subscription's zone. An event belongs to the first window that holds its
/// instant.</summary>
/// <param name="Windows">In order of precedence.</param>
/// <param name="Holidays">The local days that windows with <see cref="WindowDefinition.Holidays"/> ask about.</param>
/// <param name="Otherwise">Required unless the windows cover every instant.</param>
public sealed record TimeOfUseDefinition(
    IReadOnlyList<WindowDefinition> Windows, IReadOnlyList<LocalDate> Holidays, OtherwiseDefinition? Otherwise);
