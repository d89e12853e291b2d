namespace OrleansBilling.Contracts.Migrations;

/// <summary>How far a migration is. The words are stored and shown.</summary>
public static class MigrationStatus
{
    /// <summary>It has changed nothing.</summary>
    public const string Previewed = "previewed";

    /// <summary>Subscriptions are being changed; it will be finished whatever crashes.</summary>
    public const string Applying = "applying";

    /// <summary>Every subscription has its result.</summary>
    public const string Applied = "applied";
}

/// <summary>What becomes of a subscription in a migration. The words are stored and shown.</summary>
public static class MigrationOutcome
{
    /// <summary>It can be moved, as it was when it was previewed.</summary>
    public const string Ready = "ready";

    /// <summary>It stays on its version because that was asked for.</summary>
    public const string Kept = "kept";

    /// <summary>The change is made; it begins at the item's instant.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>It cannot be moved, and stays.</summary>
    public const string Refused = "refused";
}
