using System.Text.Json;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A change of a subscription's plan.</summary>
internal sealed class SubscriptionChangeBody
{
    /// <summary>Chosen by you; sending it again is safe.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>Id of the plan that begins.</summary>
    [IdText]
    public required string Plan { get; set; }

    /// <summary>The newest version when left out.</summary>
    public int? PlanVersion { get; set; }

    /// <summary><c>now</c>, <c>periodEnd</c>, <c>periodStart</c> (the whole present period is rated by the new plan), or an RFC 3339
    /// time: the first instant of the new plan.</summary>
    [MaxText(40)]
    public required string When { get; set; }

    /// <summary>What is agreed otherwise than the new plan; what was agreed before ends with the plan before.</summary>
    public JsonElement? Overrides { get; set; }
}
