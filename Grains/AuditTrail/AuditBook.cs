using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Serialization;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>Audit trails, as far as one partition has them. The entries themselves stay in its log.</summary>
internal sealed class AuditBook
{
    private readonly Dictionary<string, AuditTrailState> _trails = new(StringComparer.Ordinal);

    /// <summary>The trail; an empty one when nothing was written yet.</summary>
    public AuditTrailState Trail(string name) => _trails.GetValueOrDefault(name) ?? new();

    public void Apply(AuditEntryAppended fact, long lsn)
    {
        var content = JsonSerializer.Deserialize<AuditContent>(fact.Content.Utf8.Span, BillingJson.Options)
            ?? throw new InvalidDataException("An entry of an audit trail is null.");
        Of(fact.Trail).Add(AuditMark.Of(content, lsn), content.At, fact.Hash);
    }

    public void Apply(AuditTrailHeld fact) => Of(fact.Trail).Add(fact);

    /// <summary>Forgets entries whose time in the archive is over.</summary>
    public void Forget(Instant before)
    {
        foreach (var trail in _trails.Values)
        {
            trail.Forget(before);
        }
    }

    public IEnumerable<object> Facts() => _trails.SelectMany(t => t.Value.Facts(t.Key));

    private AuditTrailState Of(string trail) => _trails.TryGetValue(trail, out var known) ? known : _trails[trail] = new();
}
