using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>Builds a fleet phase by phase, says what each costs in memory, then loads it again.</summary>
internal sealed class FleetBenchmark(FleetOptions options, string folder)
{
    private readonly FleetPopulation _fleet = new(options);
    private long _memory;

    public static async Task<int> RunAsync(FleetOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("billing-fleet-").FullName;
        try
        {
            var benchmark = new FleetBenchmark(options, folder);
            await benchmark.BuildAsync();
            await benchmark.LoadAsync(options.Partitions, "all of the partitions");
            await benchmark.LoadAsync((options.Partitions + 2) / 3, "a third of the partitions");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task BuildAsync()
    {
        Say($"{options.Devices:N0} devices, {options.Subscriptions:N0} subscriptions, {options.Partitions} partitions, "
            + $"{options.EventsPerDevice} events a device, seed {options.Seed}, {Environment.ProcessorCount} cores");
        await using var engine = await FleetEngine.OpenAsync(folder, options);
        for (var p = 0; p < options.Partitions; p++)
        {
            await engine.LoadAsync(p);
        }
        await LearnAsync(engine);
        _memory = GC.GetTotalMemory(forceFullCollection: true);
        var empty = _memory;
        await Phase("customers and subscriptions", () => SubscribeAsync(engine));
        await Phase("terms, where the devices are", () => LearnTermsAsync(engine));
        await Phase("devices", () => RegisterAsync(engine));
        await Phase("usage", () => ReportAsync(engine));
        await Phase("slices, delivered", () =>
        {
            engine.DeliverSlices();
            return Task.CompletedTask;
        });
        var all = _memory - empty;
        var ids = MemoryOfEventIds(engine);
        Say($"memory, all in and with the log's buffers: {PerDevice(all):N0} bytes a device; event ids are {PerDevice(ids):N0} "
            + $"of them, {(double)ids / options.Devices / options.EventsPerDevice:N1} an event");
        Say($"log: {new FileInfo(Path.Combine(folder, "fleet.db")).Length / (1 << 20):N0} MiB");
        await ReplayAsync(engine);
        await SnapshotAsync(engine);
    }

    private async Task LearnAsync(FleetEngine engine)
    {
        var everywhere = Enumerable.Range(0, options.Partitions).ToLookup(p => p);
        await engine.ForEachAsync(everywhere, (t, _) =>
        {
            t.Append(new TenantLearned(FleetPopulation.Tenant));
            t.Append(new Sealed(
                FleetPopulation.TenantId, FleetPopulation.Now, FleetPopulation.Now - NodaTime.Duration.FromHours(1)));
            foreach (var meter in FleetPopulation.Meters)
            {
                t.Append(new MeterLearned(FleetPopulation.TenantId, meter));
            }
        });
    }

    private async Task SubscribeAsync(FleetEngine engine)
    {
        var all = Enumerable.Range(0, options.Subscriptions);
        await engine.ForEachAsync(
            all.ToLookup(i => _fleet.PartitionOf(EntityKind.Customer, FleetPopulation.CustomerId(i))), (t, i) =>
        {
            t.Append(new CustomerRegistered(FleetPopulation.TenantId, FleetPopulation.Customer(i)));
            t.Append(new CustomerSubscribed(
                FleetPopulation.TenantId, FleetPopulation.Terms(i).Subscription, FleetPopulation.Plan.Definition.Cycle));
        });
        await engine.ForEachAsync(
            all.ToLookup(i => _fleet.PartitionOf(EntityKind.Subscription, FleetPopulation.SubscriptionId(i))),
            (t, i) => t.Append(new SubscriptionCreated(
                FleetPopulation.TenantId, FleetPopulation.SubscriptionSpec(i), FleetPopulation.Terms(i))));
    }

    private Task LearnTermsAsync(FleetEngine engine) => engine.ForEachAsync(ByPartition(), (t, i) =>
    {
        var tenant = t.State.Tenant(FleetPopulation.TenantId)!;
        if (t.State.Devices.TermsOf(tenant, _fleet.SubscriptionOf(i)) is not null)
        {
            return;
        }
        var terms = FleetPopulation.Terms(i / options.DevicesPerSubscription);
        if (t.State.Plans.Find(tenant, terms.Plan.Id, terms.Plan.Version, null) is null)
        {
            t.Append(new PlanLearned(FleetPopulation.TenantId, terms.Plan, terms.Meters));
        }
        var view = terms.Subscription;
        t.Append(new SubscriptionLearned(
            FleetPopulation.TenantId, view.Id, view.Plan, view.PlanVersion, view.Start, view.End, view.TimeZone,
            view.AnchorDate));
    });

    private Task RegisterAsync(FleetEngine engine) => engine.ForEachAsync(ByPartition(), (t, i) =>
    {
        var spec = _fleet.Spec(i);
        t.Append(new DeviceRegistered(FleetPopulation.TenantId, spec));
        t.Append(new DeviceAssigned(
            FleetPopulation.TenantId, spec.Id, spec.Subscription, FleetPopulation.Plan.PublishedAt));
    });

    private async Task ReportAsync(FleetEngine engine)
    {
        var devices = ByPartition();
        for (var round = 0; round < options.EventsPerDevice; round++)
        {
            await engine.ForEachAsync(devices, (t, i) => FleetEngine.Report(t, _fleet.Event(_fleet.Device(i))));
        }
    }

    private ILookup<int, int> ByPartition() => Enumerable.Range(0, options.Devices)
        .ToLookup(i => _fleet.PartitionOf(EntityKind.Device, _fleet.Device(i)));

    private async Task Phase(string name, Func<Task> work)
    {
        var clock = new WorkClock();
        await work();
        var took = clock.ToString();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        Say($"{name}: {PerDevice(memory - _memory):N0} bytes of memory a device, built in {took}");
        _memory = memory;
    }

    /// <summary>What the indexes of event ids take: that of a copy of them, built as they were.</summary>
    private static long MemoryOfEventIds(FleetEngine engine)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var copies = engine.Partitions.Values.Select(p => p.Do(t => Copy(t.State.Devices.EventIds))).ToList();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(copies);
        return after - before;
    }

    private static EventIdIndex Copy(EventIdIndex ids)
    {
        var copy = new EventIdIndex();
        foreach (var record in ids.Copy().Records())
        {
            // As they are stored: the type, how many, and each with its content.
            var reader = new ByteReader(record.Written[1..]);
            for (var count = reader.Int32(); count > 0; count--)
            {
                copy.Add(new UInt128(reader.UInt64(), reader.UInt64()), reader.UInt64());
            }
        }
        return copy;
    }

    /// <summary>Builds the state of some partitions from their whole log, as without a snapshot.</summary>
    private async Task ReplayAsync(FleetEngine engine)
    {
        var sample = Math.Min(4, options.Partitions);
        var (work, clock) = (new WorkClock(), new ReplayClock());
        for (var p = 0; p < sample; p++)
        {
            await engine.ReplayAsync(p, clock);
        }
        Say($"replay of {sample} whole logs: {clock.UsagePerSecond:N0} usage records/s ({clock.Usage:N0} records), "
            + $"{clock.FactsPerSecond:N0} facts/s ({clock.Facts:N0} facts), in {work}");
    }

    private async Task SnapshotAsync(FleetEngine engine)
    {
        var clock = new WorkClock();
        await engine.SnapshotAsync();
        var took = clock.ToString();
        var bytes = await engine.SnapshotBytesAsync();
        Say($"snapshots: {PerDevice(bytes):N0} bytes a device, {bytes / (1 << 20):N0} MiB, written in {took}");
    }

    /// <summary>What a new owner does, one partition after the other.</summary>
    private async Task LoadAsync(int partitions, string name)
    {
        await using var engine = await FleetEngine.OpenAsync(folder, options);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (clock, longest, devices) = (new WorkClock(), TimeSpan.Zero, 0);
        for (var p = 0; p < partitions; p++)
        {
            var began = clock.Elapsed;
            var partition = await engine.LoadAsync(p);
            devices += partition.Do(t => t.State.Devices.Devices.Count);
            longest = clock.Elapsed - began > longest ? clock.Elapsed - began : longest;
        }
        var took = clock.ToString();
        engine.DeliverSlices();
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Say($"load {name}: {took} for {devices:N0} devices, the longest partition "
            + $"{longest.TotalMilliseconds:N0} ms; then {(double)memory / devices:N0} bytes of memory a device");
    }

    private double PerDevice(long bytes) => (double)bytes / options.Devices;

    private static void Say(string text) => Console.WriteLine(text);
}
