using System.Globalization;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Events that are sent together, with the same bytes at every attempt.</summary>
internal sealed class UsageBatch(long number, BatchPurpose purpose, SentEvent[] events)
{
    private byte[]? _json;

    public long Number { get; } = number;

    public BatchPurpose Purpose { get; } = purpose;

    public SentEvent[] Events { get; } = events;

    /// <summary>The body of <c>POST /v1/events</c>.</summary>
    public byte[] Json => _json ??= JsonSerializer.SerializeToUtf8Bytes(new
    {
        events = Events.Select(e => new
        {
            id = e.Id,
            device = e.Device,
            meter = PlanTerms.Meter,
            time = e.Time.ToString("O", CultureInfo.InvariantCulture),
            value = e.Value,
        }),
    });
}
