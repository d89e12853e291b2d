namespace OrleansBilling.Documents;

/// <summary>Size of paper.</summary>
public enum PageFormat
{
    /// <summary>210 × 297 mm (ISO 216).</summary>
    A4,

    /// <summary>8.5 × 11 inches (ANSI A).</summary>
    Letter,
}
