using System.Globalization;
using System.Text;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>
/// Changes a tenant while everything goes on: publishes plan versions, creates subscriptions on them, changes their plans, registers
/// and moves devices, moves the test clock over period ends, and reads bills and invoices.
/// </summary>
internal sealed class Administrator(Registrar registrar, JournalWriter journal, Random random, TimeProvider time)
{
    private const int MostSubscriptions = 60;
    private const int MostDevices = 250;
    private static readonly string[] Zones =
        ["Etc/UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/St_Johns"];

    private readonly PlanMaker _plans = new(registrar.Tenant.TestClock ? "month" : "day", random);
    private readonly List<KnownSubscription> _subscriptions = [];
    private readonly List<string> _customers = [];
    private readonly Dictionary<string, string> _invoices = new(StringComparer.Ordinal);
    private int _devices;
    private int _changes;

    private TenantWorld Tenant => registrar.Tenant;

    /// <summary>Confirmed actions by name.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>What a tenant begins with.</summary>
    public async Task SetUpAsync(int customers, int devices, CancellationToken cancel)
    {
        await registrar.MeterAsync(cancel);
        foreach (var plan in _plans.First())
        {
            await registrar.PlanAsync(plan, cancel);
        }

        for (var i = 0; i < customers; i++)
        {
            await CustomerAsync(cancel);
            await SubscriptionAsync(_customers[^1], cancel);
        }

        for (var i = 0; i < devices; i++)
        {
            await DeviceAsync(cancel);
        }
    }

    /// <summary>A subscription with one device for each probe.</summary>
    public async Task ProbesAsync(IEnumerable<string> devices, CancellationToken cancel)
    {
        await CustomerAsync(cancel);
        var subscription = await SubscriptionAsync(_customers[^1], cancel);
        foreach (var device in devices)
        {
            await registrar.DeviceAsync(device, subscription, cancel);
        }
    }

    /// <summary>One thing after the other until told to stop; the last one is finished, unless that is cut off.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cutOff)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var done = await ActAsync(cutOff);
                Done[done] = Done.GetValueOrDefault(done) + 1;
            }
            catch (SurpriseException e)
            {
                journal.Write(new Surprise($"administrator of {Tenant.Id}: {e.Message}"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 700)), time, CancellationToken.None);
        }
    }

    private async Task<string> ActAsync(CancellationToken cancel)
    {
        switch (random.Next(100))
        {
            case < 20 when Tenant.TestClock:
                await registrar.AdvanceAsync(Tenant.Now + TimeSpan.FromMinutes(random.Next(300, 6_000)), cancel);
                return "clock advanced";
            case < 28:
                await registrar.PlanAsync(_plans.Next(), cancel);
                return "plan version published";
            case < 38 when _subscriptions.Count < MostSubscriptions:
                await NewSubscriptionAsync(cancel);
                return "subscription created";
            case < 48 when _devices < MostDevices:
                await DeviceAsync(cancel);
                return "device registered";
            case < 58:
                return await ChangePlanAsync(cancel);
            case < 78:
                return await MoveAsync(cancel);
            case < 87:
                await registrar.Caller.GetAsync($"v1/customers/{Any(_customers)}/bill", cancel);
                return "bill read";
            default:
                await ReadInvoicesAsync(Any(_customers), cancel);
                return "invoices read";
        }
    }

    private async Task CustomerAsync(CancellationToken cancel)
    {
        var id = $"c{_customers.Count}";
        await registrar.CustomerAsync(id, cancel);
        _customers.Add(id);
    }

    private async Task NewSubscriptionAsync(CancellationToken cancel)
    {
        if (random.Next(2) == 0)
        {
            await CustomerAsync(cancel);
        }

        await SubscriptionAsync(Any(_customers), cancel);
    }

    private async Task<KnownSubscription> SubscriptionAsync(string customer, CancellationToken cancel)
    {
        var daysAgo = random.Next(Tenant.TestClock ? 40 : 12);
        var start = new DateTimeOffset(Tenant.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-daysAgo);
        var subscription = await registrar.SubscriptionAsync(
            $"s{_subscriptions.Count}", customer, _plans.Pick(), start, Zones[random.Next(Zones.Length)], cancel);
        _subscriptions.Add(subscription);
        return subscription;
    }

    private async Task DeviceAsync(CancellationToken cancel)
    {
        var owner = random.Next(12) == 0 ? null : Any(_subscriptions);
        await registrar.DeviceAsync(string.Create(CultureInfo.InvariantCulture, $"d{_devices}"), owner, cancel);
        _devices++;
    }

    private async Task<string> MoveAsync(CancellationToken cancel)
    {
        var device = string.Create(CultureInfo.InvariantCulture, $"d{random.Next(_devices)}");
        var to = random.Next(10) == 0 ? null : Any(_subscriptions);
        // Beyond what clients may send already, and on a test clock sometimes days ahead.
        var ahead = Tenant.TestClock ? random.Next(7, 3_000) : random.Next(6, 9);
        var moved = await registrar.MoveAsync(device, to?.Id, Tenant.Now + TimeSpan.FromMinutes(ahead), cancel);
        return moved ? "device moved" : "device not moved";
    }

    /// <summary>At once, at the period's end, or days ahead; every fourth is thought better of.</summary>
    private async Task<string> ChangePlanAsync(CancellationToken cancel)
    {
        var (subscription, change) = (Any(_subscriptions).Id, string.Create(CultureInfo.InvariantCulture, $"change-{_changes++}"));
        var ahead = TimeSpan.FromMinutes(Tenant.TestClock ? random.Next(7, 6_000) : random.Next(6, 9));
        var when = random.Next(3) switch
        {
            0 => "now",
            1 => "periodEnd",
            _ => (Tenant.Now + ahead).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        };
        if (!await registrar.ChangePlanAsync(subscription, change, _plans.Pick(), when, cancel))
        {
            return "plan not changed";
        }

        return random.Next(4) == 0 && await registrar.WithdrawAsync(subscription, change, cancel)
            ? "change of plan withdrawn"
            : "plan changed";
    }

    /// <summary>An invoice that was seen before must be the same, byte for byte.</summary>
    private async Task ReadInvoicesAsync(string customer, CancellationToken cancel)
    {
        var page = await registrar.Caller.GetAsync($"v1/customers/{customer}/invoices?limit=50", cancel);
        string[] ids = [.. page.Json().GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
        foreach (var id in ids.OrderBy(_ => random.Next()).Take(6))
        {
            var answer = await registrar.Caller.GetAsync($"v1/invoices/{id}", cancel);
            var body = Encoding.UTF8.GetString(answer.Body);
            if (!answer.Succeeded)
            {
                throw new SurpriseException($"invoice {id} of {customer} was listed, and then answered {answer.Status} {body}");
            }

            if (_invoices.TryAdd(id, body))
            {
                journal.Write(new InvoiceSeen(Tenant.Id, id, body));
            }
            else if (_invoices[id] != body)
            {
                throw new SurpriseException($"invoice {id} of {customer} changed from {_invoices[id]} to {body}");
            }
        }
    }

    private T Any<T>(List<T> list) => list[random.Next(list.Count)];
}
