namespace OrleansBilling.Core.Pricing;

/// <summary>What of a usage event a charge prices.</summary>
public enum UsageBasis
{
    /// <summary>Its value, in the meter's unit. The default.</summary>
    Value = 0,

    /// <summary>That it happened: every event counts 1, whatever its value.</summary>
    Events = 1,
}
