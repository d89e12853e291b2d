using System.Net.Http;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Client.Tests.Host;
using OrleansBilling.Gateway.Rpc.V1;
using Xunit;
using static OrleansBilling.Client.Tests.Readings;

namespace OrleansBilling.Client.Tests;

[Collection(ServerCollection.Name)]
public sealed class ReportingTests(ServerFixture fixture)
{
    private readonly BillingServer _server = fixture.Server;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_reported_by_many_threads_is_on_the_bill_once(bool gzip)
    {
        var key = await _server.NewTenantAsync();
        await using var reporter = new UsageReporter(_server.GrpcUrl, key, AllBilled with { Gzip = gzip, MaxBatchEvents = 37 });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(part => Task.Run(async () =>
        {
            for (var i = 0; i < 250; i++)
            {
                await reporter.EnqueueAsync(Reading((part * 250) + i));
            }
        })));
        await reporter.FlushAsync();

        Assert.Equal(0, reporter.PendingCount);
        Assert.Equal(("1000", "500.00"), await _server.BilledAsync(key));
    }

    [Fact]
    public async Task All_fields_of_an_event_arrive()
    {
        var key = await _server.NewTenantAsync();
        await _server.PostAsync(key, "/v1/devices/meter-17/identifiers",
            """{ "kind": "serial", "value": "SN-1", "from": "2012-06-01T00:00:00Z" }""");
        await using var reporter = new UsageReporter(_server.GrpcUrl, key, AllBilled);

        var named = new DeviceUsage
        {
            Id = "r-1",
            Identifier = new("serial", "SN-1"),
            Meter = "energy",
            Time = new(2012, 6, 2, 10, 0, 0, TimeSpan.FromHours(2)),
            Value = 2500.000m,
            Unit = "Wh",
            Dimensions = new Dictionary<string, string> { ["zone"] = "north" },
            Session = "s-1",
            Phase = "stop",
            Operation = "add",
        };
        var result = await reporter.ReportAsync(named);

        Assert.Equal((UsageStatus.Accepted, "1.25", "EUR"), (result.Status, result.Charge, result.Currency));
        var again = await reporter.ReportAsync(named with
        {
            Identifier = null,
            Device = "meter-17",
            Time = new(2012, 6, 2, 8, 0, 0, TimeSpan.Zero),
            Dimensions = new Dictionary<string, string> { ["operation"] = "add", ["phase"] = "stop", ["session"] = "s-1", ["zone"] = "north" },
            Session = null,
            Phase = null,
            Operation = null,
        });
        Assert.Equal(UsageStatus.Duplicate, again.Status);
    }

    [Fact]
    public async Task An_event_that_is_not_billed_is_told_with_its_reason_and_holds_up_no_other()
    {
        var key = await _server.NewTenantAsync();
        var told = new List<(string Id, UsageStatus Status, string Code)>();
        await using var reporter = new UsageReporter(
            _server.GrpcUrl, key, AllBilled with { NotBilled = (usage, result) => told.Add((usage.Id, result.Status, result.Code)) });

        await reporter.EnqueueAsync(Reading(1));
        await reporter.EnqueueAsync(Reading(2) with { Device = "meter-18" });
        await reporter.EnqueueAsync(Reading(3) with { Value = 1e-13m });
        await reporter.EnqueueAsync(Reading(1) with { Value = 9m });
        await reporter.EnqueueAsync(Reading(4));
        await reporter.FlushAsync();
        var answer = await reporter.ReportAsync(Reading(5) with { Meter = "water" });

        Assert.Equal(
            [
                ("r-2", UsageStatus.Rejected, "device.unknown"), ("r-3", UsageStatus.Rejected, "usage.value_out_of_range"),
                ("r-1", UsageStatus.Conflict, "usage.conflict"), ("r-5", UsageStatus.Rejected, "meter.unknown"),
            ],
            told);
        Assert.Equal("meter.unknown", answer.Code);
        Assert.Equal(("2", "1.00"), await _server.BilledAsync(key));
    }

    [Fact]
    public async Task An_unknown_key_fails_every_call_and_names_what_is_not_acknowledged()
    {
        await using var reporter = new UsageReporter(_server.GrpcUrl, "ob_unknown", AllBilled);
        await reporter.EnqueueAsync(Reading(1));
        var reporting = reporter.ReportAsync(Reading(2));

        var flushed = await Assert.ThrowsAsync<UsageReportingException>(() => reporter.FlushAsync());
        Assert.Equal(StatusCode.Unauthenticated, flushed.Status);
        Assert.StartsWith("The server does not know the API key, or no longer: report with another key.", flushed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ob_unknown", flushed.ToString(), StringComparison.Ordinal);
        Assert.Equal(["r-1", "r-2"], flushed.Unacknowledged.Select(usage => usage.Id));
        await Assert.ThrowsAsync<UsageReportingException>(() => reporting);
        await Assert.ThrowsAsync<UsageReportingException>(() => reporter.EnqueueAsync(Reading(3)).AsTask());
        Assert.Equal(2, (await reporter.StopAsync(TimeSpan.Zero)).Count);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_told_which_it_needs()
    {
        var key = await _server.NewTenantAsync();
        await using var reporter = new UsageReporter(_server.GrpcUrl, await _server.ReadingKeyAsync(key), AllBilled);

        var refused = await Assert.ThrowsAsync<UsageReportingException>(() => reporter.ReportAsync(Reading(1)));

        Assert.Equal(StatusCode.PermissionDenied, refused.Status);
        Assert.Contains("'ingest'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_handler_ends_reporting_and_keeps_the_event()
    {
        var key = await _server.NewTenantAsync();
        await using var reporter = new UsageReporter(_server.GrpcUrl, key, AllBilled);

        var failed = await Assert.ThrowsAsync<UsageReportingException>(() => reporter.ReportAsync(Reading(1) with { Device = "meter-18" }));

        Assert.Equal("r-1", Assert.Single(failed.Unacknowledged).Id);
        Assert.Contains("device.unknown", failed.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_the_most_dimensions_are_split_by_bytes()
    {
        var key = await _server.NewTenantAsync();
        await using var reporter = new UsageReporter(
            _server.GrpcUrl, key, AllBilled with { MaxBatchEvents = UsageReporterOptions.MostBatchEvents, MaxBatchDelay = TimeSpan.FromMinutes(5) });
        var dimensions = Enumerable.Range(0, 16).ToDictionary(i => $"{i:d2}{new string('n', 62)}", _ => new string('\u20ac', 64));

        for (var i = 0; i < 2000; i++)
        {
            await reporter.EnqueueAsync(Reading(i) with { Dimensions = dimensions });
        }
        await reporter.FlushAsync();

        Assert.Equal(("2000", "1000.00"), await _server.BilledAsync(key));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "gzip")]
    public async Task Batches_are_compressed_on_demand(bool gzip, string? encoding)
    {
        var key = await _server.NewTenantAsync();
        using var handler = new RecordingHandler();
        using var channel = GrpcChannel.ForAddress(_server.GrpcUrl, new() { HttpHandler = handler });
        await using var reporter = new UsageReporter(channel.WithApiKey(key), AllBilled with { Gzip = gzip });

        await reporter.ReportAsync(Reading(1));

        Assert.Equal(encoding, handler.Encodings.Single());
        Assert.Equal(("1", "0.50"), await _server.BilledAsync(key));
    }

    [Fact]
    public async Task A_stopped_reporter_takes_no_more()
    {
        var key = await _server.NewTenantAsync();
        await using var reporter = new UsageReporter(_server.GrpcUrl, key, AllBilled with { MaxBatchDelay = TimeSpan.FromMinutes(5) });
        await reporter.EnqueueAsync(Reading(1));

        Assert.Empty(await reporter.StopAsync(TimeSpan.FromMinutes(1)));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reporter.EnqueueAsync(Reading(2)).AsTask());
        Assert.Equal(("1", "0.50"), await _server.BilledAsync(key));
    }

    private sealed class RecordingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<string?> Encodings { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Encodings.Add(request.Headers.TryGetValues("grpc-encoding", out var values) ? values.Single() : null);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
