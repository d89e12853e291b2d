namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>A plan of a scenario.</summary>
public sealed record ScenarioPlan
{
    /// <summary>Its JSON, beside the scenario.</summary>
    public required string File { get; init; }

    /// <summary>A schedule of prices to be filled in from a data set; null for none.</summary>
    public ScenarioSchedule? Schedule { get; init; }
}
