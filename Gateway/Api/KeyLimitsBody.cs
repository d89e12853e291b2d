namespace OrleansBilling.Gateway.Api;

/// <summary>How much a key may send to one process of the gateway.</summary>
internal sealed class KeyLimitsBody
{
    /// <summary>Requests a second, from 1; what the server is set to when left out.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>Usage events a second, from 1; what the server is set to when left out.</summary>
    public int? EventsPerSecond { get; set; }
}
