namespace OrleansBilling.Simulation.Checks;

/// <summary>A usage record of a log, as the checker read it.</summary>
internal readonly record struct LoggedUsage(
    int Partition, long Lsn, string Subscription, int Device, string Id, decimal Value, int UsagePeriod, int BilledPeriod);
