namespace OrleansBilling.Core.Pricing;

/// <summary>Beyond what a usage charge grants no reservation of quota.</summary>
/// <remarks>Usage that was not reserved is a fact and is billed all the same.</remarks>
public enum BlockAt
{
    /// <summary>There is no such limit. The default.</summary>
    None = 0,

    /// <summary>What is included: the free quantity and the pool.</summary>
    Included = 1,

    /// <summary>The maximum of the charge.</summary>
    Maximum = 2,
}
