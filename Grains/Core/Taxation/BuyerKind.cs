namespace OrleansBilling.Core.Taxation;

/// <summary>In what capacity the buyer buys.</summary>
public enum BuyerKind
{
    /// <summary>A private person, or a body that is no taxable person.</summary>
    Consumer = 0,

    /// <summary>A business.</summary>
    Business = 1,
}
