using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Orleans.TestingHost;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Hosting;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Tests;

/// <summary>A real silo in this process on a real SQLite file, and short ways to say what a test needs.</summary>
public sealed class BillingCluster : IAsyncDisposable
{
    public const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly bool _ownsFolder;
    private InProcessTestCluster _cluster = null!;
    private SharedStore? _store;

    private BillingCluster(string folder, bool ownsFolder)
    {
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public string Folder { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The silo's own services.</summary>
    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    /// <summary>The wall clock of the silo when a test set one; Orleans' own timers stay on real time.</summary>
    public TimeProvider Time { get; private init; } = TimeProvider.System;

    /// <summary>The most pages the database may have, to make a full disk; 0 for no bound.</summary>
    public long MaxPages { get; set; }

    /// <summary>Done by every reader of the archive of a time range before it reads; until the next restart.</summary>
    public Func<Task>? BeforeReadByTime
    {
        set => _store!.BeforeReadByTime = value;
    }

    /// <summary>How many silos share the data, which then is one store in this process.</summary>
    public int Silos { get; private init; } = 1;

    public InProcessTestCluster Orleans => _cluster;

    public static async Task<BillingCluster> StartAsync(
        string? folder = null, long snapshotAtStop = 1, TimeProvider? time = null, long maxPages = 0, int silos = 1)
    {
        var cluster = new BillingCluster(folder ?? Directory.CreateTempSubdirectory("billing-").FullName, folder is null)
        {
            Time = time ?? TimeProvider.System,
            MaxPages = maxPages,
            Silos = silos,
        };
        await cluster.Start(snapshotAtStop);
        if (silos > 1)
        {
            // Commands are not tried again here, as a gateway does, while the first silo still hands over to the others.
            await cluster.SettledAsync();
        }
        return cluster;
    }

    /// <summary>Waits until each partition is loaded where it belongs, and nowhere else.</summary>
    public async Task SettledAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!Placed().Order().SequenceEqual(Enumerable.Range(0, Partitions).Select(p => (p, true))))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "the partitions did not come to rest where they belong");
            await Task.Delay(20);
        }
    }

    private IEnumerable<(int Partition, bool Here)> Placed() => _cluster.Silos.SelectMany(silo =>
    {
        var view = silo.ServiceProvider.GetRequiredService<ClusterView>();
        return silo.ServiceProvider.GetRequiredService<PartitionHost>().Owned.Select(p => (p.Number, view.Owns(p.Number)));
    });

    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    /// <summary>Stops in good order and starts again on the same files.</summary>
    /// <param name="between">Done while nothing runs.</param>
    public async Task RestartAsync(long snapshotAtStop = 1, Action? between = null)
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await _store!.ReallyDisposeAsync();
        between?.Invoke();
        await Start(snapshotAtStop);
    }

    public async Task CreateTenantAsync(string tenant, string? now, string grace = "01:00:00", int windowDays = 35)
    {
        var key = new ApiKeyRecord($"hash-{tenant}", "ob_test", tenant, false, Instant.FromUnixTimeTicks(0));
        var spec = new TenantSpec(
            tenant, null, now is null ? null : At(now), TimeSpan.Parse(grace, CultureInfo.InvariantCulture), TimeSpan.FromDays(windowDays));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var result = await Grains.GetGrain<ITenantDirectoryGrain>(0).Create(spec, key);
                Assert.True(result.Succeeded, Describe(result.Errors));
                return;
            }
            catch (PartitionUnavailableException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                // It asks every partition; one that still moves says so, and a gateway would ask again.
                await Task.Delay(20);
            }
        }
    }

    public async Task DefineMeterAsync(string tenant, string meter, string unit, CumulativeRegister? cumulative = null) =>
        await DefineMeterAsync(tenant, new(meter, meter, unit, "sum", cumulative));

    public async Task DefineMeterAsync(string tenant, MeterDefinition meter) =>
        Ok(await Grains.GetGrain<ICatalogueGrain>(tenant).DefineMeter(meter));

    public async Task PublishAsync(string tenant, string planJson)
    {
        var parsed = PlanJson.Parse(planJson);
        Assert.True(parsed.Ok, string.Join("; ", parsed.Errors.Select(e => $"{e.Pointer} {e.Message}")));
        Ok(await Grains.GetGrain<ICatalogueGrain>(tenant).Publish(parsed.Plan!));
    }

    public async Task SubscribeAsync(
        string tenant, string customer, string subscription, string plan, string start, string? zone = null, string currency = "EUR",
        int? version = null, bool registered = false)
    {
        if (!registered)
        {
            Ok(await Customer(tenant, customer).Register(new(customer, customer, currency, null, [])));
        }
        Ok(await Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(tenant, subscription))
            .Create(new(subscription, customer, plan, version, At(start), null, zone, null)));
    }

    public async Task RegisterAsync(string tenant, string device, string? subscription, string? from = null) =>
        Ok(await Device(tenant, device).Register(new(device, null, subscription, from is null ? null : At(from))));

    public IDeviceGrain Device(string tenant, string id) => Grains.GetGrain<IDeviceGrain>(EntityKey.Of(tenant, id));

    public ICustomerGrain Customer(string tenant, string id) => Grains.GetGrain<ICustomerGrain>(EntityKey.Of(tenant, id));

    public async Task<UsageResult> SendAsync(string tenant, UsageEvent e) => (await SendAsync(tenant, [e]))[0];

    public async Task<UsageResult[]> SendAsync(string tenant, UsageEvent[] events)
    {
        var results = new UsageResult[events.Length];
        var byPartition = events.Select((e, i) => (e, i))
            .GroupBy(x => PartitionMap.Of(EntityKind.Device, tenant, x.e.Device, Partitions));
        await Task.WhenAll(byPartition.Select(async group =>
        {
            var items = group.ToArray();
            var answer = await Grains.GetGrain<IPartitionGrain>(group.Key).Report(new(tenant, [.. items.Select(x => x.e)]));
            for (var k = 0; k < items.Length; k++)
            {
                results[items[k].i] = answer.Results[k];
            }
        }));
        return results;
    }

    /// <summary>Takes events that name identifiers to whose they are, as the gateway does.</summary>
    public async Task<UsageResult[]> SendIdentifiedAsync(string tenant, params UsageEvent[] events)
    {
        UsageEvent[] sent = [.. events];
        var results = await SendAsync(tenant, sent);
        for (var round = 0; results.Any(r => r.Status is UsageStatus.Owned or UsageStatus.NotOwner); round++)
        {
            Assert.True(round < 8, "identifiers do not settle");
            for (var i = 0; i < sent.Length; i++)
            {
                if (results[i].Status is UsageStatus.Owned or UsageStatus.NotOwner)
                {
                    sent[i] = sent[i] with { Device = results[i].Status == UsageStatus.Owned ? results[i].Code! : sent[i].Identifier! };
                    results[i] = await SendAsync(tenant, sent[i]);
                }
            }
        }
        return results;
    }

    /// <summary>An event that names an identifier instead of a device.</summary>
    public static UsageEvent Identified(
        string id, string kind, string value, string meter, string time, decimal quantity, params (string Name, string Value)[] dimensions)
    {
        Assert.True(IdentifierKinds.TryRead(kind, value, out var identifier));
        return Event(id, identifier.Key, meter, time, quantity, dimensions) with { Identifier = identifier.Key };
    }

    public async Task AdvanceAsync(string tenant, string to)
    {
        var result = await Grains.GetGrain<ITenantClockGrain>(tenant).Advance(At(to));
        Assert.True(result.Succeeded, Describe(result.Errors));
    }

    public async Task<RunningBill> BillAsync(string tenant, string customer) =>
        await Customer(tenant, customer).Bill() ?? throw new InvalidOperationException("no bill");

    public Task<AuditReport> AuditAsync(string tenant) => Grains.GetGrain<IAuditGrain>(tenant).Run(null);

    public static UsageEvent Event(
        string id, string device, string meter, string time, decimal value, params (string Name, string Value)[] dimensions) => new()
        {
            Id = id,
            Device = device,
            Meter = meter,
            UnixTicks = At(time).ToUnixTimeTicks(),
            Value = value,
            Dimensions = dimensions.Length == 0 ? null : [.. dimensions.Select(d => KeyValuePair.Create(d.Name, d.Value))],
        };

    public static T Ok<T>(CommandResult<T> result)
        where T : class
    {
        Assert.True(result.Succeeded, Describe(result.Errors));
        return result.Value!;
    }

    /// <summary>Does something to the state of an entity's partition, as a process might that dies right after.</summary>
    internal async Task DoInPartitionAsync(EntityKind kind, string tenant, string id, Action<Partition.Turn> work)
    {
        var partition = await Services.GetRequiredService<PartitionHost>()
            .Acquire(PartitionMap.Of(kind, tenant, id, Partitions));
        await partition.DoDurably(t =>
        {
            work(t);
            return true;
        });
    }

    /// <summary>Takes a partition from its silo and appends a record to it, as another process would.</summary>
    public async Task WriteAsOtherOwnerAsync(int partition, byte[] record)
    {
        var claim = await _store!.TakeOwnershipAsync(partition, "another process", CancellationToken.None);
        var header = new SegmentHeader(partition, claim.Epoch, claim.LastLsn + 1, 1, Time.GetUtcNow().UtcTicks, 0, 0);
        var written = await _store.AppendAsync([SegmentCodec.Encode(header, [record])], CancellationToken.None);
        Assert.Equal([AppendOutcome.Written], written);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await _store!.ReallyDisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string Describe(CommandError[] errors) => string.Join("; ", errors.Select(e => $"{e.Code}: {e.Message}"));

    private async Task Start(long snapshotAtStop)
    {
        _store = new(new SqlitePartitionStore(Path.Combine(Folder, "billing.db"), new() { MaxPages = MaxPages }));
        var builder = new InProcessTestClusterBuilder((short)Silos);
        builder.ConfigureSilo((_, silo) => silo.AddBilling(
            new()
            {
                Count = Partitions, SnapshotAtStop = snapshotAtStop, SealEvery = TimeSpan.FromMilliseconds(200),
                ConfirmEvery = TimeSpan.FromMilliseconds(200),
                ConfirmedFor = Silos == 1 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(5),
            },
            _ => _store, Time));
        builder.ConfigureClient(client => client.Services.AddBillingSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
