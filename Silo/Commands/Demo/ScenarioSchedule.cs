namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Prices that stand in a data set, by time.</summary>
public sealed record ScenarioSchedule
{
    /// <summary>The charge that has the schedule.</summary>
    public required string Charge { get; init; }

    /// <summary>Directory of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its files, with wildcards.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Column of the instant from which on the price holds, UTC.</summary>
    public required string Time { get; init; }

    /// <summary>Column of the band's name; null where prices stand in the file.</summary>
    public string? Band { get; init; }

    /// <summary>Column of the price; null where bands stand in the file.</summary>
    public string? Price { get; init; }
}
