using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Devices;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>What became of quarantined events.</summary>
/// <param name="Examined">Events looked at by this call.</param>
/// <param name="Remaining">Events not looked at yet, of the device or of all: how far the whole is.</param>
/// <param name="Released">Of the examined ones, billed now.</param>
/// <param name="Late">Of the released ones, billed as late usage on the next invoice.</param>
/// <param name="Kept">Wanted by the filters, and still in quarantine.</param>
/// <param name="KeptByReason">Numbers of the kept ones by the reason that holds them now.</param>
/// <param name="Results">The first of them one by one, at most <see cref="QuarantineReleaseSums.MostListed"/>.</param>
/// <param name="Next">To go on with, as <c>cursor</c>; null at the end.</param>
internal sealed record QuarantineReleaseAnswer(
    int Examined,
    int Remaining,
    int Released,
    int Late,
    int Kept,
    IReadOnlyDictionary<string, int> KeptByReason,
    IReadOnlyList<QuarantineReleaseResult> Results,
    string? Next);

/// <summary>What became of one of them.</summary>
/// <param name="Source">Source of a CloudEvent; null for other events.</param>
/// <param name="Device">Null for usage of an identifier that nobody has.</param>
/// <param name="Quarantined">Position of its record in the quarantine, as the listing says.</param>
/// <param name="Position">Position of the record that bills it; null when it stays, or was billed before.</param>
/// <param name="Reason">Why it stays; null when it is billed.</param>
internal sealed record QuarantineReleaseResult(
    string Id, string? Source, string? Device, string Quarantined, string? Position, bool Late, string? Reason);

/// <summary>Adds up what the partitions answer.</summary>
internal sealed class QuarantineReleaseSums
{
    /// <summary>Results told one by one.</summary>
    public const int MostListed = 1_000;

    private readonly SortedDictionary<string, int> _keptByReason = new(StringComparer.Ordinal);
    private readonly List<QuarantineReleaseResult> _results = [];
    private int _released;
    private int _late;

    public int Examined { get; private set; }

    public void Add(int partition, QuarantineRelease part)
    {
        Examined += part.Examined;
        foreach (var result in part.Results)
        {
            if (result.Reason is { } reason)
            {
                _keptByReason[reason] = _keptByReason.GetValueOrDefault(reason) + 1;
            }
            else
            {
                _released++;
                _late += result.Late ? 1 : 0;
            }
            if (_results.Count < MostListed)
            {
                _results.Add(Of(partition, result));
            }
        }
    }

    public QuarantineReleaseAnswer Answer(int remaining, string? next) => new(
        Examined, remaining, _released, _late, _keptByReason.Values.Sum(), _keptByReason, _results, next);

    private static QuarantineReleaseResult Of(int partition, ReleasedUsage usage)
    {
        var (source, id) = EventIdentity.Parse(usage.Id);
        return new(
            id, source, DeviceIdentifier.IsKey(usage.Device) ? null : usage.Device, $"{partition}:{usage.QuarantinedAt}",
            usage.Reason is null && usage.Position > 0 ? $"{usage.Partition ?? partition}:{usage.Position}" : null, usage.Late, usage.Reason);
    }
}
