using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Asks what periods would have cost by a corrected version of the plan that was in force.</summary>
internal sealed class ReRatingBody
{
    [IdText]
    public required string Id { get; set; }

    /// <summary>Id of the plan.</summary>
    [IdText]
    public required string Plan { get; set; }

    /// <summary>The version that was in force.</summary>
    public required int WrongVersion { get; set; }

    /// <summary>A published version of the same plan; left out where a definition is given.</summary>
    public int? CorrectedVersion { get; set; }

    /// <summary>A plan as it would be published; applying it publishes it first.</summary>
    public JsonElement? Definition { get; set; }

    /// <summary>Periods that end after this instant.</summary>
    public required Instant From { get; set; }

    /// <summary>Periods that begin before this instant.</summary>
    public required Instant To { get; set; }

    /// <summary>Only of these customers, at most 1,000; all when left out.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Customers { get; set; }

    /// <summary>Only these subscriptions, at most 1,000; all when left out.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Subscriptions { get; set; }
}
