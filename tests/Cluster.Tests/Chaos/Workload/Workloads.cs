using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>All clients: two tenants, one on a test clock and one on the wall clock, each with senders and an administrator.</summary>
internal sealed class Workloads : IDisposable
{
    private static readonly DateTimeOffset TestStart = new(2030, 1, 24, 10, 0, 0, TimeSpan.Zero);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly List<IDisposable> _owned = [];
    private readonly List<Task> _running = [];
    private readonly List<UsageClient> _clients = [];
    private readonly List<ProbeClient> _probes = [];
    private readonly GatewayList _gateways;
    private readonly WorkloadSettings _settings;
    private readonly JournalWriter _journal;
    private readonly Random _random;
    private readonly TimeProvider _time;

    public Workloads(GatewayList gateways, WorkloadSettings settings, JournalWriter journal, TimeProvider time)
    {
        (_gateways, _settings, _journal, _time) = (gateways, settings, journal, time);
        _random = new Random(settings.Seed);
        Test = new TenantWorld("test", testClock: true, time);
        Wall = new TenantWorld("wall", testClock: false, time);
    }

    public TenantWorld Test { get; }

    public TenantWorld Wall { get; }

    public AnswerCounts Answers { get; } = new();

    public WorkloadCounts Counts { get; } = new();

    public PauseRecorder Pauses { get; } = new();

    /// <summary>What administrators did.</summary>
    public List<Administrator> Administrators { get; } = [];

    /// <summary>Creates both tenants and everything they begin with.</summary>
    public async Task SetUpAsync(string operatorKey, CancellationToken cancel)
    {
        using var server = Caller(operatorKey);
        foreach (var tenant in new[] { Test, Wall })
        {
            await CreateAsync(server, tenant, cancel);
            var caller = Own(Caller(tenant.Key));
            var administrator = new Administrator(new(tenant, caller, _journal), _journal, Split(), _time);
            Administrators.Add(administrator);
            await administrator.SetUpAsync(_settings.Customers, _settings.Devices, cancel);
            for (var number = 0; number < _settings.Clients; number++)
            {
                _clients.Add(Client(tenant, number));
            }
        }

        if (_settings.Probes)
        {
            string[] devices = [.. Enumerable.Range(0, _settings.Partitions).Select(ProbeDevice)];
            await Administrators[1].ProbesAsync(devices, cancel);
            var sender = Own(new HttpUsageSender(Caller(Wall.Key)));
            _probes.AddRange(devices.Select((device, partition) =>
                new ProbeClient(partition, device, Wall, sender, _journal, Counts, Pauses, _time)));
        }
    }

    public void Start()
    {
        Task[] started =
        [
            .. _clients.Select(client => Task.Run(() => client.RunAsync(_stop.Token, _cutOff.Token))),
            .. _probes.Select(probe => Task.Run(() => probe.RunAsync(_stop.Token, _cutOff.Token))),
            .. Administrators.Select(one => Task.Run(() => one.RunAsync(_stop.Token, _cutOff.Token))),
        ];
        _running.AddRange(started);
    }

    /// <summary>Completes early when a client breaks, which is a fault of the harness.</summary>
    public Task Broken() => Task.WhenAny(_running).Unwrap();

    /// <summary>Begins nothing new and waits until all that was begun is answered.</summary>
    /// <exception cref="TimeoutException">The server did not answer although nothing is broken any more.</exception>
    public async Task StopAsync(TimeSpan limit)
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_running).WaitAsync(limit, _time);
        }
        catch (TimeoutException)
        {
            await _cutOff.CancelAsync();
            throw new TimeoutException($"Clients had no answer within {limit} after everything was healed.");
        }
    }

    /// <summary>
    /// Sends again what was refused as ahead of the clock, once the clock has passed it; then closes every period that has
    /// usage. Afterwards every event that was ever sent is billed or in quarantine.
    /// </summary>
    public async Task SettleAsync(TimeSpan limit)
    {
        _cutOff.CancelAfter(limit);
        var registrar = new Registrar(Test, Own(Caller(Test.Key)), _journal);
        await registrar.AdvanceAsync(Test.Now + TimeSpan.FromHours(1), _cutOff.Token);
        foreach (var (tenant, client) in new[] { (Test, _clients[0]), (Wall, _clients[^1]) })
        {
            SentEvent[] refused = [.. tenant.Refused];
            tenant.Refused.Clear();
            await client.SettleAsync(refused, _cutOff.Token);
        }

        await registrar.AdvanceAsync(Test.Now + TimeSpan.FromDays(70), _cutOff.Token);
    }

    public void Dispose()
    {
        _cutOff.Cancel();
        _owned.ForEach(one => one.Dispose());
        _stop.Dispose();
        _cutOff.Dispose();
    }

    /// <summary>Who reads at the end what the API shows.</summary>
    public ApiCaller Reader(TenantWorld tenant) => Own(Caller(tenant.Key));

    private async Task CreateAsync(ApiCaller server, TenantWorld tenant, CancellationToken cancel)
    {
        var body = new JsonObject { ["id"] = tenant.Id, ["grace"] = tenant.TestClock ? "PT1H" : "PT1M" };
        if (tenant.TestClock)
        {
            body["testClock"] = new JsonObject { ["now"] = TestStart.ToString("O") };
            tenant.SetTestNow(TestStart);
        }

        tenant.Key = await server.CreateTenantAsync(body, cancel);
        _journal.Write(new TenantCreated(tenant.Id, tenant.TestClock));
    }

    private UsageClient Client(TenantWorld tenant, int number)
    {
        IUsageSender sender = number == 0
            ? new RpcUsageSender(_gateways, tenant.Key, Split(), Answers)
            : new HttpUsageSender(Caller(tenant.Key));
        var rate = _settings.EventsPerSecond / 2 / _settings.Clients;
        return new UsageClient(
            $"{tenant.Id}-{number}", tenant, Own(sender), _journal, Counts, rate, Split(), _time);
    }

    /// <summary>A device of the wall-clock tenant that lives in the partition.</summary>
    private string ProbeDevice(int partition)
    {
        for (var number = 0; ; number++)
        {
            var device = $"probe-{partition}-{number}";
            if (PartitionMap.Of(EntityKind.Device, Wall.Id, device, _settings.Partitions) == partition)
            {
                return device;
            }
        }
    }

    private ApiCaller Caller(string key) => new(_gateways, key, Split(), Answers);

    private Random Split() => new(_random.Next());

    private T Own<T>(T one) where T : IDisposable
    {
        _owned.Add(one);
        return one;
    }
}
