namespace OrleansBilling.Core.Pricing;

/// <summary>How the key of a look-up table fits a value.</summary>
public enum LookupMatch
{
    /// <summary>It is the value. The default.</summary>
    Exact = 0,

    /// <summary>The value begins with it; the longest key that fits wins, as with telephone numbers and network codes.</summary>
    Prefix = 1,
}
