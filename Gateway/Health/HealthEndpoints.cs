using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Health;

/// <summary>The two addresses that need no key.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(ReadinessCheck check) => await check.MissingAsync() is { } missing
        ? new ProblemResult(new(503, "cluster.not_ready", missing) { RetryAfterSeconds = 1 })
        : Results.Text("ready\n");
}
