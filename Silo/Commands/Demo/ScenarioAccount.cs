namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Who pays for the devices whose ids fit a pattern.</summary>
public sealed record ScenarioAccount
{
    /// <summary>Regular expression; its named groups may be used in the templates below.</summary>
    public required string Devices { get; init; }

    /// <summary>Customer id; may contain <c>{device}</c> and the groups.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer's name, likewise.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The first has the device from its start on; the others only during their time.</summary>
    public required IReadOnlyList<ScenarioSubscription> Subscriptions { get; init; }

    /// <summary>The subscription starts on the day of its first event, not with that event's period.</summary>
    public bool StartAtFirstUse { get; init; }
}
