namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks what usage of several subscriptions adds up to under other plans, in one reading of the archive.</summary>
/// <param name="Plans">With their meters.</param>
/// <param name="PerDevice">Whether each device is also added up alone.</param>
/// <param name="MaxDeviceTrials">Devices times plans above which no device is added up alone.</param>
[GenerateSerializer, Immutable, Alias("billing.trial-fleet-query")]
public sealed record TrialFleetQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] TrialSubscription[] Subscriptions,
    [property: Id(2)] PlanTerms[] Plans,
    [property: Id(3)] bool PerDevice,
    [property: Id(4)] int MaxDeviceTrials);

/// <param name="UsagePeriod">Index of the period in the subscription's calendar.</param>
/// <param name="Plans">Which of the query's plans are tried: they have the subscription's currency and cycle.</param>
[GenerateSerializer, Immutable, Alias("billing.trial-subscription")]
public sealed record TrialSubscription(
    [property: Id(0)] string Id, [property: Id(1)] int UsagePeriod, [property: Id(2)] int[] Plans);

/// <summary>One device alone.</summary>
/// <param name="Slices">One for each plan tried, in their order.</param>
/// <param name="Unrated">For each plan the events that it has no price for, by reason.</param>
[GenerateSerializer, Immutable, Alias("billing.device-trial")]
public sealed record DeviceTrial(
    [property: Id(0)] string Device, [property: Id(1)] Slice[] Slices, [property: Id(2)] KeyValuePair<string, long>[][] Unrated);
