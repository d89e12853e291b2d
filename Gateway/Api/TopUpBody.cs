namespace OrleansBilling.Gateway.Api;

/// <summary>When a wallet asks for more money.</summary>
internal sealed class TopUpBody
{
    /// <summary>In major units, zero or more: a top-up is due while the balance is less.</summary>
    public required decimal Below { get; set; }

    /// <summary>In major units, above zero: how much each puts in.</summary>
    public required decimal Amount { get; set; }
}
