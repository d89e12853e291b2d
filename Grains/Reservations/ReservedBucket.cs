using System.Text.Json.Serialization;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Reservations;

namespace OrleansBilling.Grains.Reservations;

/// <summary>A <see cref="QuotaHold"/> as it is stored.</summary>
internal sealed record ReservedBucket(int Charge, int Bucket, decimal Quantity)
{
    [JsonIgnore]
    public QuotaHold Hold => new(new BucketKey(Charge, Bucket), Quantity);

    public static ReservedBucket[] Of(IEnumerable<QuotaHold> holds) =>
        [.. holds.Select(h => new ReservedBucket(h.Key.Charge, h.Key.Bucket, h.Quantity))];
}
