namespace OrleansBilling.Gateway.Limits;

/// <summary>Settings of the section <c>Gateway:Limits</c>; all count in one process of the gateway.</summary>
public sealed class GatewayLimits
{
    /// <summary>The highest rate that can be set.</summary>
    public const int HighestRate = 100_000_000;

    /// <summary>Requests a second of a key that has no limit of its own; 0 for any number.</summary>
    public int RequestsPerSecond { get; set; } = 10_000;

    /// <summary>Usage events a second of a key that has no limit of its own; 0 for any number.</summary>
    public int EventsPerSecond { get; set; } = 1_000_000;

    /// <summary>Calls, streams and watches that all keys of a tenant have under way at a time; 0 for any number.</summary>
    public int CallsAtOncePerTenant { get; set; } = 2_500;

    /// <summary>The same of calls that read archives or change many things at once.</summary>
    public int HeavyCallsAtOncePerTenant { get; set; } = 8;

    /// <summary>Checks what was configured.</summary>
    /// <exception cref="GatewayConfigurationException">A limit is below zero or too high.</exception>
    internal void Check()
    {
        Check(nameof(RequestsPerSecond), RequestsPerSecond);
        Check(nameof(EventsPerSecond), EventsPerSecond);
        Check(nameof(CallsAtOncePerTenant), CallsAtOncePerTenant);
        Check(nameof(HeavyCallsAtOncePerTenant), HeavyCallsAtOncePerTenant);
    }

    private static void Check(string name, int value)
    {
        if (value is < 0 or > HighestRate)
        {
            throw new GatewayConfigurationException(
                $"Gateway:Limits:{name} is {value}; write a number from 1 to {HighestRate}, or 0 for no limit.");
        }
    }
}
