using System.Globalization;
using Orleans.Dashboard;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway;
using OrleansBilling.Gateway.Clustering;
using OrleansBilling.Gateway.Hosting;
using OrleansBilling.Gateway.Kafka;
using OrleansBilling.Grains.Hosting;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Silo;

/// <summary>
/// A silo: by itself with its log on SQLite and the gateway built in, or one of a cluster on PostgreSQL, with the gateway or
/// without.
/// </summary>
public static class SiloHost
{
    /// <summary>How long a silo that was paused may answer from memory before it has asked who owns its partitions.</summary>
    private static readonly TimeSpan ConfirmedFor = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after an orderly stop; 2 when a setting is wrong; 3 when the storage cannot be opened.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var app = Build(args);
            if (StorageOptions.From(app.Configuration).Cluster is { } cluster)
            {
                // Orleans looks for its own tables before the partition log is opened.
                await PostgresSchema.EnsureAsync(cluster.ConnectionString, app.Lifetime.ApplicationStopping);
            }
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
        var storage = StorageOptions.From(builder.Configuration);
        var hasGateway = HasGateway(builder.Configuration, storage);
        _ = hasGateway ? builder.AddGateway() : builder.AddManagement();
        builder.UseOrleans(silo => AddBilling(silo, storage, builder.Configuration, hasGateway));
        AddKafka(builder, hasGateway);
        Telemetry.Add(builder);
        builder.AddStopLimit();

        var app = builder.Build().UseStopLimit();
        if (hasGateway)
        {
            app.MapGateway();
            app.MapOperatorPages();
        }
        else
        {
            app.MapManagement(() => app.Services.GetRequiredService<PartitionHealth>().Missing());
        }
        return app;
    }

    private static void AddBilling(ISiloBuilder silo, StorageOptions storage, IConfiguration configuration, bool hasGateway)
    {
        if (storage.Cluster is not { } cluster)
        {
            Clustering.UseSingleSilo(silo, configuration);
            silo.AddBilling(
                new() { Count = storage.Partitions, Retention = storage.Retention }, _ => storage.CreateStore());
        }
        else
        {
            Clustering.UseCluster(silo, cluster);
            var options = new PartitionOptions
            {
                Count = storage.Partitions, Retention = storage.Retention,
                Owner = cluster.SiloName, ConfirmedFor = ConfirmedFor,
            };
            silo.AddBilling(options, _ => storage.CreateStore());
            if (hasGateway)
            {
                silo.AddOutgoingGrainCallFilter<UnavailableRetry>();
            }
        }
        silo.AddDashboard();
    }

    private static void AddKafka(WebApplicationBuilder builder, bool hasGateway)
    {
        if (!hasGateway && KafkaHosting.IsWanted(builder.Configuration))
        {
            throw new SettingException(
                "Kafka:BootstrapServers is set but Gateway:Embedded is 'false': only processes with a gateway read from Kafka. Set it for the gateways.");
        }
        builder.AddKafka();
    }

    /// <summary>The silo has it unless <c>Gateway:Embedded</c> says no; without a cluster nobody else could have it.</summary>
    private static bool HasGateway(ConfigurationManager configuration, StorageOptions storage)
    {
        var text = configuration["Gateway:Embedded"] is { Length: > 0 } set ? set : "true";
        if (!bool.TryParse(text, out var embedded))
        {
            throw new SettingException($"Gateway:Embedded is '{text}'; it may be 'true' or 'false'.");
        }
        return embedded || storage.Cluster is not null
            ? embedded
            : throw new SettingException(
                "Gateway:Embedded is 'false' but Storage:Provider is 'Sqlite': nothing could reach this silo. "
                + "Silos without a gateway need Storage:Provider 'PostgreSql'.");
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

    private static bool OfStorage(Exception e) =>
        e is LogException or PartitionUnavailableException || (e.InnerException is { } inner && OfStorage(inner));
}
