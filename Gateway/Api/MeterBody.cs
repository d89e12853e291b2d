using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A meter to declare.</summary>
internal sealed class MeterBody
{
    /// <summary>1–64 letters, digits, '.', '_' or '-'.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>For people; the id when left out.</summary>
    [MaxText(200)]
    public string? Name { get; set; }

    /// <summary>Unit of every reported value, for example <c>kWh</c>, <c>MB</c>, <c>min</c>.</summary>
    [MaxText(64)]
    public required string Unit { get; set; }

    /// <summary><c>sum</c> of the values (the default), or <c>count</c> of the events.</summary>
    [MaxText(64)]
    public string? Aggregation { get; set; }

    /// <summary>Given, devices report readings of a register that only grows, not usage.</summary>
    public CumulativeBody? Cumulative { get; set; }
}

/// <summary>A register that only grows.</summary>
internal sealed class CumulativeBody
{
    /// <summary>The register starts again at 0 when it reaches this value; null when it never does.</summary>
    public decimal? RolloverAt { get; set; }
}
