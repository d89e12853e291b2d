using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansBilling.Gateway.Health;

/// <summary>What <c>/health/ready</c> says, for <c>grpc.health.v1.Health</c>.</summary>
internal sealed class ReadinessHealthCheck(ReadinessCheck readiness) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await readiness.MissingAsync() is { } missing ? HealthCheckResult.Unhealthy(missing) : HealthCheckResult.Healthy();
}
