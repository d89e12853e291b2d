using System.Globalization;
using Orleans.Dashboard;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Clustering;
using OrleansBilling.Gateway.Hosting;
using OrleansBilling.Gateway.Kafka;

namespace OrleansBilling.Gateway;

/// <summary>The gateway as a process of its own: stateless, a client of the cluster's silos, any number of them.</summary>
public static class GatewayHost
{
    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after an orderly stop; 2 when a setting is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var app = Build(args);
            await app.StartAsync();
            await ShowBannerAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is GatewayConfigurationException || e.InnerException is GatewayConfigurationException)
        {
            await Console.Error.WriteLineAsync((e as GatewayConfigurationException ?? e.InnerException)!.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before the cluster was there.
            return 0;
        }
    }

    /// <summary>Composes the host.</summary>
    /// <exception cref="GatewayConfigurationException">A setting is wrong, or an address is taken.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        Logs.Configure(builder);
        if (!ClusterSettings.IsWanted(builder.Configuration))
        {
            throw new GatewayConfigurationException(
                "A gateway of its own needs a cluster: set Storage:Provider to 'PostgreSql' and Storage:ConnectionString to the "
                + "database of its silos. A silo on SQLite has the gateway built in.");
        }
        var settings = ClusterSettings.From(builder.Configuration);
        builder.AddGateway().AddStopLimit();
        builder.UseOrleansClient(client =>
        {
            client.UseCluster(settings);
            client.AddDashboard();
        });
        builder.AddKafka();
        Telemetry.Add(builder);

        var app = builder.Build().UseStopLimit();
        app.MapGateway();
        app.MapOperatorPages();
        return app;
    }

    private static async Task ShowBannerAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var keys = await app.Services.GetRequiredService<KeyBootstrap>().EnsureAsync(stopping);
        var options = app.Services.GetRequiredService<GatewayOptions>();
        await Console.Out.WriteLineAsync($"The gateway is ready: HTTP {options.HttpUrl}, gRPC {options.GrpcUrl}.");
        if (keys.NewKey is { } key)
        {
            await Console.Out.WriteLineAsync($"Operator key, shown this once: {key}");
        }
    }
}
