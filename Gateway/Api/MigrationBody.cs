using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Asks to move subscriptions of a plan version to another version.</summary>
internal sealed class MigrationBody
{
    /// <summary>Chosen by you; at most 100 characters.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>The version that they have.</summary>
    public required int FromVersion { get; set; }

    /// <summary>The version that they get; the newest when left out.</summary>
    public int? ToVersion { get; set; }

    /// <summary>Only of these customers, at most 1,000; all when left out.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Customers { get; set; }

    /// <summary>Only these subscriptions, at most 1,000; all when left out.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Subscriptions { get; set; }

    /// <summary>These subscriptions stay on their version, at most 1,000.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Keep { get; set; }

    /// <summary>What subscriptions agreed otherwise than the plan: keep (when left out) or drop.</summary>
    [MaxText(10)]
    public string? AgreedTerms { get; set; }
}
