using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Health;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>The one port of a silo without a gateway: health for everybody, metrics for operators.</summary>
public static class ManagementHosting
{
    private const string Setting = "Management:HttpUrl";

    /// <summary>Adds services and the address, by default <c>http://127.0.0.1:8090</c>.</summary>
    /// <exception cref="GatewayConfigurationException">The address is wrong or taken.</exception>
    public static WebApplicationBuilder AddManagement(this WebApplicationBuilder builder)
    {
        var address = ListenAddress.Parse(Setting, builder.Configuration[Setting] ?? "http://127.0.0.1:8090");
        address.RequireFree();
        if (address.Tls)
        {
            ServerCertificate.Require(builder.Configuration, address.Url);
        }
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddCallerAuthentication(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            address.Listen(kestrel, HttpProtocols.Http1);
        });
        return builder;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    /// <param name="missing">Null when the silo is ready; else what is missing, for people.</param>
    public static WebApplication MapManagement(this WebApplication app, Func<string?> missing)
    {
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        HealthEndpoints.Map(app, () => Task.FromResult(missing()));
        app.MapMetrics();
        return app;
    }
}
