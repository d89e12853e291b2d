using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Benchmarks.Server;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>
/// Beside the load: sends one event after the other for customers of its own and reads the running bill again and again from the moment
/// of sending, until the event is on it.
/// </summary>
internal sealed class VisibilityProbe : IAsyncDisposable
{
    /// <summary>So many more than the load's, of eight customers.</summary>
    public const int Devices = 8 * FleetUnderTest.DevicesPerSubscription;

    private readonly GrpcChannel _channel;
    private readonly UsageService.UsageServiceClient _usage;
    private readonly BillService.BillServiceClient _bills;
    private readonly Metadata _headers;
    private readonly int _first;
    private readonly Latencies _latencies = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private VisibilityProbe(ServerUnderTest server, int first)
    {
        _channel = GrpcChannel.ForAddress(server.Silos[0].GrpcUrl);
        (_usage, _bills, _first) = (new(_channel), new(_channel), first);
        _headers = new() { { "authorization", $"Bearer {server.Key}" } };
        _work = Task.Run(RunAsync);
    }

    /// <summary>Number of the first device that is not the load's, in a subscription that has none of the load's.</summary>
    public static int First(int loadsDevices) => new FleetUnderTest(loadsDevices, 1).Subscriptions * FleetUnderTest.DevicesPerSubscription;

    public static VisibilityProbe Start(ServerUnderTest server, int loadsDevices) => new(server, First(loadsDevices));

    /// <returns>How long it took until events were on the bill.</returns>
    public async Task<Latencies> StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        return _latencies;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _channel.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var sent = new Dictionary<string, decimal>();
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var device = _first + (i * FleetUnderTest.DevicesPerSubscription % Devices);
            var customer = $"c{device / FleetUnderTest.DevicesPerSubscription}";
            var expected = sent[customer] = sent.GetValueOrDefault(customer) + 1m;
            var began = Stopwatch.GetTimestamp();
            using var report = _usage.ReportAsync(One(device), _headers);
            while (await BilledAsync(customer) < expected)
            {
            }
            _latencies.Add(Stopwatch.GetElapsedTime(began));
            await report;
        }
    }

    private async Task<decimal> BilledAsync(string customer)
    {
        var bill = await _bills.GetBillAsync(new GetBillRequest { Customer = customer }, _headers);
        return bill.Lines.Where(l => l.Charge == "data").Sum(l => decimal.Parse(l.Quantity, CultureInfo.InvariantCulture));
    }

    private static ReportRequest One(int device) => new()
    {
        Events =
        {
            new UsageEvent
            {
                Id = Guid.NewGuid().ToString(), Device = FleetUnderTest.DeviceId(device), Meter = "data", Value = "1",
                Time = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddSeconds(-1)),
            },
        },
    };
}
