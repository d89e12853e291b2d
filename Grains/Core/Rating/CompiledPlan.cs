using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>A valid plan made ready for rating: the hot path looks nothing up by name but the meter.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed partial class CompiledPlan
{
    /// <summary>The plan.</summary>
    public PlanDefinition Definition { get; }

    /// <summary>Compiles a plan.</summary>
    /// <param name="plan">Valid; see <see cref="PlanValidator"/>.</param>
    /// <param name="meter">Finds a meter by id.</param>
    /// <exception cref="ArgumentException">The plan is not valid; the message has the first error.</exception>
    public static CompiledPlan Compile(PlanDefinition plan, Func<string, MeterDefinition?> meter) =>
        throw new NotImplementedException();

    /// <summary>Whether some charge of the plan names the meter.</summary>
    public bool Charges(string meter) => throw new NotImplementedException();

    /// <summary>What one usage event adds to the totals. Deterministic; takes no notice of any other usage.</summary>
    /// <param name="meter">The event's meter.</param>
    /// <param name="time">When it was used.</param>
    /// <param name="quantity">In the meter's unit.</param>
    /// <param name="dimensions">Of the event.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="into">Contributions are appended, at most one per charge; nothing is when there is a reason.</param>
    /// <returns>Null, or one of <see cref="RatingReasons"/>. An event that no charge's filter wants is fine and adds
    /// nothing.</returns>
    public string? Contribute(
        string meter,
        Instant time,
        decimal quantity,
        IReadOnlyList<KeyValuePair<string, string>> dimensions,
        DateTimeZone zone,
        List<Contribution> into) => throw new NotImplementedException();

    /// <summary>The name of a window or band, for people; empty where the charge has a single price.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The plan has no such bucket.</exception>
    public string BucketName(BucketKey key) => throw new NotImplementedException();

    private CompiledPlan(PlanDefinition definition) => Definition = definition;
}
