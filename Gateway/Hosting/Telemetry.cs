using OpenTelemetry.Metrics;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>
/// Figures at <c>/metrics</c> for Prometheus: the product's own, Orleans', ASP.NET Core's and the runtime's.
/// </summary>
public static class Telemetry
{
    public static void Add(WebApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("OrleansBilling.*")
            .AddMeter("Microsoft.Orleans")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
}
