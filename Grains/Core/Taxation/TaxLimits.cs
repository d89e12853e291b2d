namespace OrleansBilling.Core.Taxation;

/// <summary>Bounds of a request.</summary>
public static class TaxLimits
{
    /// <summary>Lines of one request.</summary>
    public const int MaxLines = 10_000;

    /// <summary>Characters of a line's id.</summary>
    public const int MaxIdLength = 200;

    /// <summary>The magnitude of a line's amount in minor units is below this, so that no product loses a digit.</summary>
    public const long AmountBelow = 1_000_000_000_000_000;

    /// <summary>Bytes of a data file.</summary>
    public const int MaxFileBytes = 1_000_000;
}
