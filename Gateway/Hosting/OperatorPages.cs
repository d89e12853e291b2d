using Orleans.Dashboard;
using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>What operators look at: the Orleans Dashboard and the figures for Prometheus, behind an operator key.</summary>
public static class OperatorPages
{
    /// <summary>Maps <c>/dashboard</c> and <c>/metrics</c>.</summary>
    public static WebApplication MapOperatorPages(this WebApplication app)
    {
        app.MapOrleansDashboard("/dashboard").RequireAuthorization(GatewayPolicies.Operator);
        app.MapMetrics();
        return app;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    internal static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(GatewayPolicies.Operator);
}
