using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Reservations;

namespace OrleansBilling.Grains.Reservations;

/// <summary>Quota of a subscription that is kept for one device. See docs/adr/0023.</summary>
/// <param name="Spec">As it was asked for, to tell a repeat from a conflict.</param>
/// <param name="Period">Index of the billing period that it is of.</param>
/// <param name="Segment">Number of the plan segment that it is of.</param>
/// <param name="ExpiresAt">First instant at which it is no longer reserved.</param>
/// <param name="Left">What may still be used, in the meter's unit.</param>
/// <param name="Used">Reported so far, in the meter's unit.</param>
/// <param name="Holds">What <paramref name="Left"/> counts for.</param>
/// <param name="LimitedBy">The charge whose limit left less than was wanted.</param>
/// <param name="Last">The last report.</param>
/// <param name="ByMoney">Whether that limit was the customer's money, as it was told before there was <paramref name="Limit"/>.</param>
/// <param name="NextIsDue">Whether the last report asked for a new grant that waits for an answer of the customer.</param>
/// <param name="IsReleased">Whether it was given back.</param>
/// <param name="Limit">What that limit was; null in what was written before there were others than these two.</param>
internal sealed record Reservation(
    ReservationSpec Spec, string Device, int Period, int Segment, Instant GrantedAt, Instant ExpiresAt, decimal Left, decimal Used,
    ReservedBucket[] Holds, string? LimitedBy, ReservedUse? Last, bool IsReleased,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByMoney = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NextIsDue = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] QuotaLimit? Limit = null)
{
    /// <summary>What left less than was wanted of the charge.</summary>
    [JsonIgnore]
    public QuotaLimit EndedBy => Limit ?? (ByMoney ? QuotaLimit.Balance : QuotaLimit.Charge);

    [JsonIgnore]
    public string Id => Spec.Id;

    /// <summary>Whether a report is logged whose usage may not have reached the device.</summary>
    [JsonIgnore]
    public bool IsUnsettled => Last is { IsSettled: false };

    /// <summary>What is kept of every bucket, while its lease runs and after.</summary>
    public IEnumerable<ReservedBucket> Kept(bool lapsed) =>
        (lapsed ? [] : Holds).Concat(IsUnsettled ? Last!.Holds : []);

    /// <summary>The usage of the last report. Its id is that of this grant: a reservation's id may be used again when it is forgotten.</summary>
    public UsageEvent Event() => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"reservation/{Id}/{GrantedAt.ToUnixTimeTicks():x}/{Last!.Asked.Number}"),
        Device = Device,
        Meter = Spec.Meter,
        UnixTicks = Last!.Time.ToUnixTimeTicks(),
        Value = Last.Quantity,
        Dimensions = Spec.Dimensions,
    };
}
