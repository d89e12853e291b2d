using System.Text.Json;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a subscription agrees otherwise than its plan, as it stands in the body of a command.</summary>
internal static class OverridesBody
{
    public const string At = "/overrides";

    /// <exception cref="ProblemException">422 for what has not the form of overrides.</exception>
    public static PlanOverrides? Of(JsonElement? json)
    {
        if (json is not { } given)
        {
            return null;
        }
        var parsed = PlanOverridesJson.Parse(given);
        return parsed.Overrides ?? throw new ProblemException(
            CoreProblem.Of([.. parsed.Errors.Select(error => error with { Pointer = At + error.Pointer })]));
    }
}
