using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Health;

/// <summary>The two addresses that need no key.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        Map(routes, () => routes.ServiceProvider.GetRequiredService<ReadinessCheck>().MissingAsync());

    /// <param name="missing">Null when ready; else what is missing, for people.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<Task<string?>> missing)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", async () => Answer(await missing())).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Answer(string? missing) => missing is null
        ? Results.Text("ready\n")
        : new ProblemResult(new(503, "cluster.not_ready", missing) { RetryAfterSeconds = 1 });
}
