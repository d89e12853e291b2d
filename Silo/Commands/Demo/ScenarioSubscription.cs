namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>A plan the customer takes.</summary>
public sealed record ScenarioSubscription
{
    /// <summary>Subscription id; may contain <c>{customer}</c>, <c>{device}</c> and the account's groups.</summary>
    public required string Id { get; init; }

    /// <summary>Plan id.</summary>
    public required string Plan { get; init; }

    /// <summary>
    /// <c>schedule</c>: as long as the plan's schedule has prices; null: from the start on, without end.
    /// </summary>
    public string? During { get; init; }
}
