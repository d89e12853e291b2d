namespace OrleansBilling.Grains.Devices;

/// <summary>What a device used of one meter in one billing period; terms and meter are table numbers.</summary>
internal readonly record struct DeviceUsageTotal(int Terms, int Period, int Meter, int Events, int Late, decimal Quantity)
{
    public DeviceUsageTotal Plus(decimal quantity, int events, int late) =>
        this with { Quantity = Quantity + quantity, Events = Events + events, Late = Late + late };
}
