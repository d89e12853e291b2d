using System.Globalization;
using Orleans.Dashboard;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Grains.Hosting;
using OrleansBilling.Grains.Log;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Silo;

/// <summary>The one-process default: a silo with its log on SQLite, and the gateway in front of it.</summary>
public static class SiloHost
{
    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after an orderly stop; 2 when a setting is wrong; 3 when the storage cannot be opened.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var app = Build(args);
            await app.StartAsync();
            await Banner.ShowAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (Wrong(e) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return OfStorage(e) ? 3 : 2;
        }
    }

    private static bool OfStorage(Exception e) =>
        e is LogException or PartitionUnavailableException || (e.InnerException is { } inner && OfStorage(inner));

    /// <summary>Composes the host.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.Services.AddSingleton(TimeProvider.System);
        Logs.Configure(builder);
        builder.AddGateway();
        var storage = StorageOptions.From(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            Clustering.UseSingleSilo(silo, builder.Configuration);
            silo.AddBilling(new() { Count = storage.Partitions }, _ => storage.CreateStore());
            silo.AddDashboard();
        });
        Telemetry.Add(builder);

        var app = builder.Build();
        app.MapGateway();
        app.MapOrleansDashboard("/dashboard").RequireAuthorization(GatewayPolicies.Operator);
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(GatewayPolicies.Operator);
        return app;
    }

    /// <summary>
    /// What to tell a person about a start that failed for a reason they can mend; null for our own mistakes.
    /// </summary>
    private static string? Wrong(Exception e) => e switch
    {
        LogException or GatewayConfigurationException or SettingException or PartitionUnavailableException => e.Message,
        { InnerException: { } inner } => Wrong(inner),
        _ => null,
    };
}
