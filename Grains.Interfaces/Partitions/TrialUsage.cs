namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks what a subscription's usage of a period adds up to under other plans.</summary>
/// <param name="UsagePeriod">Index of the period in the subscription's calendar.</param>
/// <param name="Plans">With their meters; their currency and cycle are the subscription's.</param>
[GenerateSerializer, Immutable, Alias("billing.trial-usage-query")]
public sealed record TrialUsageQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Subscription,
    [property: Id(2)] int UsagePeriod,
    [property: Id(3)] PlanTerms[] Plans);

/// <summary>One partition's answer, by its raw events.</summary>
/// <param name="Recorded">Events that its devices counted in the period.</param>
/// <param name="Events">Events of the period that the archive still has.</param>
/// <param name="Slices">One for each plan, in their order; none when the subscription has no device here.</param>
/// <param name="Unrated">For each plan the events that it has no price for, by reason.</param>
/// <param name="Devices">Each device alone, where that was asked for and they are not too many; null otherwise.</param>
/// <param name="DeviceTrials">Devices times plans that were asked for; 0 where devices were not.</param>
[GenerateSerializer, Immutable, Alias("billing.trial-usage")]
public sealed record TrialUsage(
    [property: Id(0)] long Recorded,
    [property: Id(1)] long Events,
    [property: Id(2)] Slice[] Slices,
    [property: Id(3)] KeyValuePair<string, long>[][] Unrated,
    [property: Id(5)] DeviceTrial[]? Devices = null,
    [property: Id(6)] int DeviceTrials = 0);
