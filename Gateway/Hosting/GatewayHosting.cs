using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.AuditTrail;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Compat;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Health;
using OrleansBilling.Gateway.Hosting;
using OrleansBilling.Gateway.Idempotency;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Live;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Rpc;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway;

/// <summary>Puts the gateway into a host: a silo's, or one of its own with an Orleans client.</summary>
public static class GatewayHosting
{
    /// <summary>Adds services and addresses. The host provides <see cref="IGrainFactory"/>.</summary>
    /// <exception cref="GatewayConfigurationException">A setting is wrong, or an address is taken.</exception>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var options = builder.Services.AddGateway(builder.Configuration);
        var http = ListenAddress.Parse("Gateway:HttpUrl", options.HttpUrl);
        var rpc = ListenAddress.Parse("Gateway:GrpcUrl", options.GrpcUrl);
        var share = http.Tls && rpc == http with { Setting = rpc.Setting, Url = rpc.Url };
        if (http.Port == rpc.Port && http.Port != 0 && !share)
        {
            throw new GatewayConfigurationException(
                $"Gateway:HttpUrl and Gateway:GrpcUrl both use port {http.Port}; they need two ports unless both are the same https:// address.");
        }
        http.RequireFree();
        rpc.RequireFree();
        foreach (var address in new[] { http, rpc }.Where(address => address.Tls))
        {
            ServerCertificate.Require(builder.Configuration, address.Url);
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Only with TLS a connection says which protocol it speaks.
            http.Listen(kestrel, http.Tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1);
            if (!share)
            {
                rpc.Listen(kestrel, HttpProtocols.Http2);
            }
            SetLimits(kestrel);
        });
        return builder;
    }

    /// <summary>Adds the services only, for a host that listens on addresses of its own.</summary>
    public static GatewayOptions AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new();
        services.TryAddSingleton(TimeProvider.System);
        options.Limits.Check();
        services.AddSingleton(options).AddSingleton(options.Limits);
        services.AddSingleton<LimitMetrics>().AddSingleton<KeyRates>().AddSingleton<TenantCalls>();
        services.AddSingleton<KeyBootstrap>();
        services.AddSingleton<PartitionRouter>().AddSingleton<UsageMetrics>().AddSingleton<UsageIntake>();
        services.AddSingleton<AuditTrailReader>();
        services.AddSingleton<LiveReads>().AddSingleton<LiveFeed>();
        services.AddSingleton<MeterCache>().AddSingleton<ForeignIntake>();
        services.AddSingleton<ReadinessCheck>().AddSingleton<BodyBudget>();
        services.AddCallerAuthentication(configuration);
        services.AddGrpc(grpc =>
        {
            // Its catch-all for unknown services would hide 405 and 415 of the other addresses.
            grpc.IgnoreUnknownServices = true;
            grpc.MaxReceiveMessageSize = BodyLimit.Events;
            grpc.MaxSendMessageSize = BodyLimit.Events;
            grpc.Interceptors.Add<MalformedMessages>();
        });
        services.AddGrpcHealthChecks().AddCheck<ReadinessHealthCheck>("ready");
        services.AddGrpcReflection();
        services.AddGatewayDocumentation();
        return options;
    }

    /// <summary>Adds the middleware and maps every endpoint. What the host maps itself needs a key too.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<LimitsMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.UseMiddleware<ChangeCallerMiddleware>();
        app.UseMiddleware<MalformedMessageMiddleware>();
        HealthEndpoints.Map(app);
        ApiRoutes.Map(app);
        CompatRoutes.Map(app);
        app.MapGrpcService<UsageRpc>();
        app.MapGrpcService<QuotaRpc>();
        app.MapGrpcService<BillRpc>();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapGrpcReflectionService();
        app.MapGatewayDocumentation();
        return app;
    }

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit.Events;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
    }
}
