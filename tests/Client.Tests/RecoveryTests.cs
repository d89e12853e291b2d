using System.Globalization;
using OrleansBilling.Client.Tests.Host;
using OrleansBilling.Tests.Support;
using Xunit;
using static OrleansBilling.Client.Tests.Readings;

namespace OrleansBilling.Client.Tests;

/// <summary>Servers that are killed, paused and not there.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_server_killed_in_the_middle_of_a_stream_loses_nothing_and_counts_nothing_twice()
    {
        const int Kills = 2, Between = 4000, MaxPending = 1000;
        await using var server = new BillingServer();
        await server.StartAsync();
        var key = await server.NewTenantAsync();
        var (retries, enqueued, enough) = (0, 0, false);
        await using var reporter = new UsageReporter(server.GrpcUrl, key, AllBilled with
        {
            MaxBatchEvents = 50, MaxPending = MaxPending, Retrying = (_, _) => Interlocked.Increment(ref retries),
        });
        var enqueuing = Task.Run(async () =>
        {
            while (!Volatile.Read(ref enough))
            {
                await reporter.EnqueueAsync(Reading(enqueued));
                Interlocked.Increment(ref enqueued);
            }
        });

        for (var kill = 1; kill <= Kills; kill++)
        {
            var before = Volatile.Read(ref enqueued);
            await Wait.UntilAsync(() => Volatile.Read(ref enqueued) >= before + Between, "the stream is under way");
            // It stops wherever it is, and is killed there when no more can be enqueued.
            server.Pause();
            await Wait.UntilAsync(() => reporter.PendingCount == MaxPending, "the reporter is full");
            await server.KillAsync();
            await server.StartAsync();
        }
        Volatile.Write(ref enough, true);
        await enqueuing;
        await reporter.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2));

        Assert.True(retries >= Kills);
        Assert.Equal(0, reporter.PendingCount);
        Assert.Equal((Text(enqueued), Text(enqueued * 0.50m, "F2")), await server.BilledAsync(key));
        Assert.Equal(enqueued, await server.CountedAsync(key));
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_tried_again()
    {
        await using var server = new BillingServer();
        await server.StartAsync();
        var key = await server.NewTenantAsync();
        var retried = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var reporter = new UsageReporter(server.GrpcUrl, key, AllBilled with
        {
            AnswerWithin = TimeSpan.FromSeconds(2), Retrying = (failure, _) => retried.TrySetResult(failure.Status.Detail),
        });
        await reporter.ReportAsync(Reading(1));

        server.Pause();
        var reporting = reporter.ReportAsync(Reading(2));
        Assert.Equal("No answer came within 00:00:02.", await retried.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        server.Resume();

        await reporting.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(("2", "1.00"), await server.BilledAsync(key));
    }

    [Fact]
    public async Task Enqueueing_waits_while_too_much_is_not_acknowledged()
    {
        var reporter = new UsageReporter(Nobody, "ob_key", AllBilled with { MaxPending = 3 });
        for (var i = 0; i < 3; i++)
        {
            await reporter.EnqueueAsync(Reading(i));
        }

        using var impatient = new CancellationTokenSource();
        var fourth = reporter.EnqueueAsync(Reading(3), impatient.Token);
        var fifth = reporter.EnqueueAsync(Reading(4));
        Assert.False(fourth.IsCompleted);
        Assert.Equal(3, reporter.PendingCount);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth.AsTask());

        var unacknowledged = await reporter.StopAsync(TimeSpan.Zero);
        Assert.Equal(["r-0", "r-1", "r-2"], unacknowledged.Select(usage => usage.Id));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fifth.AsTask());
        await reporter.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_says_what_is_not_acknowledged()
    {
        var reporter = new UsageReporter(Nobody, "ob_key", AllBilled with { DisposeWithin = TimeSpan.FromMilliseconds(200) });
        await reporter.EnqueueAsync(Reading(1));
        await reporter.EnqueueAsync(Reading(2));

        var lost = await Assert.ThrowsAsync<UsageReportingException>(() => reporter.DisposeAsync().AsTask());

        Assert.Equal(["r-1", "r-2"], lost.Unacknowledged.Select(usage => usage.Id));
        await reporter.DisposeAsync();
    }

    [Fact]
    public async Task Stopping_in_vain_fails_those_who_wait()
    {
        await using var reporter = new UsageReporter(Nobody, "ob_key", AllBilled);
        var reporting = reporter.ReportAsync(Reading(1));
        var flushing = reporter.FlushAsync();

        await reporter.StopAsync(TimeSpan.Zero);

        await Assert.ThrowsAsync<UsageReportingException>(() => reporting);
        await Assert.ThrowsAsync<UsageReportingException>(() => flushing);
    }

    /// <summary>Where no server listens.</summary>
    private static Uri Nobody { get; } = new($"http://127.0.0.1:{StablePorts.Next()}");

    private static string Text(decimal number, string? format = null) => number.ToString(format, CultureInfo.InvariantCulture);
}
