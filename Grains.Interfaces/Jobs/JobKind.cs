namespace OrleansBilling.Contracts.Jobs;

/// <summary>What a job does with each item. The words are stored and shown.</summary>
public static class JobKind
{
    /// <summary>Registers devices.</summary>
    public const string Devices = "devices";

    /// <summary>Moves devices to subscriptions, or away from theirs.</summary>
    public const string Assignments = "assignments";

    /// <summary>Sets states of devices.</summary>
    public const string States = "states";

    /// <summary>Whether there is such a kind.</summary>
    public static bool IsValid(string? kind) => kind is Devices or Assignments or States;
}
