namespace OrleansBilling.Gateway.Usage;

/// <summary>How much a batch of usage may hold.</summary>
public static class UsageLimits
{
    /// <summary>Events in one request.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>Dimensions of one event.</summary>
    public const int MaxDimensions = 16;

    /// <summary>Characters of a dimension's name, and of its value.</summary>
    public const int MaxDimensionLength = 64;

    /// <summary>Characters of the source of a CloudEvent.</summary>
    public const int MaxSourceLength = 1024;
}
