using NodaTime;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>Wire form of an <see cref="Instant"/>: nanoseconds would not fit a long for all years, ticks do.</summary>
[GenerateSerializer, Alias("billing.instant")]
public struct InstantSurrogate
{
    /// <summary>Ticks of 100 ns since the Unix epoch.</summary>
    [Id(0)]
    public long UnixTicks { get; set; }
}

/// <summary>Converts <see cref="Instant"/>; precision 100 ns.</summary>
[RegisterConverter]
public sealed class InstantConverter : IConverter<Instant, InstantSurrogate>
{
    /// <inheritdoc/>
    public Instant ConvertFromSurrogate(in InstantSurrogate surrogate) => Instant.FromUnixTimeTicks(surrogate.UnixTicks);

    /// <inheritdoc/>
    public InstantSurrogate ConvertToSurrogate(in Instant value) => new() { UnixTicks = value.ToUnixTimeTicks() };
}
