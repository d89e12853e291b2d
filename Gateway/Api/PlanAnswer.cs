using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Gateway.Api;

/// <summary>A published version of a plan.</summary>
/// <param name="Version">From 1, counted per plan id.</param>
/// <param name="Definition">The plan in the plan format, in its canonical form.</param>
internal sealed record PlanAnswer(string Id, int Version, Instant PublishedAt, JsonElement Definition)
{
    public static PlanAnswer Of(PlanView plan)
    {
        using var document = JsonDocument.Parse(PlanJson.Serialize(plan.Definition));
        return new(plan.Id, plan.Version, plan.PublishedAt, document.RootElement.Clone());
    }
}
