using System.Diagnostics.Metrics;
using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public abstract class GroupCommitTests<TPlace> : LogFixture<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Many_appenders_share_commits_and_every_awaited_record_is_in_the_store()
    {
        const int Appenders = 40, Each = 50;
        var logs = new[] { await OpenAsync(0), await OpenAsync(1) };

        await Task.WhenAll(Enumerable.Range(0, Appenders).Select(i => Task.Run(() => AppendAsync(logs[i % 2], Each))));

        Assert.InRange(Store.Appends, 1, Appenders * Each / 4);
        foreach (var log in logs)
        {
            Assert.Equal(Appenders * Each / 2, (await Store.RecordsAsync(log.Partition)).Count);
        }
    }

    [Fact]
    public async Task What_arrives_during_a_commit_goes_into_the_next_one_whole()
    {
        var (a, b) = (await OpenAsync(0), await OpenAsync(1));
        var gate = HoldCommits(out var reached);
        a.Append(Stores.Bytes("alone"), 0);
        await reached;

        for (var i = 0; i < 100; i++)
        {
            a.Append(Stores.Bytes($"{i}"), 0);
            b.Append(Stores.Bytes($"{i}"), 0);
        }
        gate.SetResult();
        await a.DurableAsync(a.LastLsn);
        await b.DurableAsync(b.LastLsn);

        Assert.Equal(2, Store.Appends);
        Assert.Equal([1, 100], (await Store.SegmentsAsync(0)).Select(segment => segment.Header.RecordCount));
        Assert.Equal([100], (await Store.SegmentsAsync(1)).Select(segment => segment.Header.RecordCount));
    }

    [Fact]
    public async Task All_who_wait_for_one_segment_wait_for_one_task()
    {
        var log = await OpenAsync(0);
        var gate = HoldCommits(out var reached);
        log.Append([1], 0);
        await reached;
        var second = log.Append([2], 0);
        var third = log.Append([3], 0);

        Assert.Same(log.DurableAsync(second).AsTask(), log.DurableAsync(third).AsTask());
        Assert.NotSame(log.DurableAsync(1).AsTask(), log.DurableAsync(second).AsTask());

        gate.SetResult();
        await log.DurableAsync(third);
        Assert.True(log.DurableAsync(third).AsTask().IsCompletedSuccessfully);
        Assert.Equal((3L, 3L), (log.LastLsn, log.DurableLsn));
    }

    [Fact]
    public async Task Nobody_can_wait_for_a_record_that_was_not_appended()
    {
        var log = await OpenAsync(0);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.DurableAsync(1).AsTask());
    }

    [Fact]
    public async Task The_segment_tells_the_range_of_its_event_times()
    {
        var log = await OpenAsync(0);
        var gate = HoldCommits(out var reached);
        log.Append([1], 0);
        await reached;
        log.Append([2], 50);
        log.Append([3], 0);
        log.Append([4], 40);
        log.Append([5], 60);
        gate.SetResult();
        await log.DurableAsync(5);

        var headers = (await Store.SegmentsAsync(0)).Select(segment => segment.Header).ToList();
        Assert.Equal((0L, 0L), (headers[0].MinEventTicks, headers[0].MaxEventTicks));
        Assert.Equal((40L, 60L), (headers[1].MinEventTicks, headers[1].MaxEventTicks));
        Assert.InRange(headers[1].RecordedTicks, headers[0].RecordedTicks, TimeProvider.System.GetUtcNow().UtcTicks);
    }

    [Fact]
    public async Task Commits_records_and_bytes_are_counted()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == LogMetrics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (counted)
            {
                counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
        var log = await OpenAsync(0);

        await log.DurableAsync(log.Append(new byte[100], 0));

        // A commit is counted right after those who wait for it go on.
        await Wait.UntilAsync(() => Counted("billing.log.commits") >= 1, "the commit is counted");
        // Other tests count on the same meter, so these are lower bounds.
        lock (counted)
        {
            Assert.True(counted["billing.log.records"] >= 1);
            Assert.True(counted["billing.log.bytes"] >= SegmentCodec.HeaderLength + 101);
        }
        Assert.True(Writer.LastCommitDuration > TimeSpan.Zero);

        long Counted(string name)
        {
            lock (counted)
            {
                return counted.GetValueOrDefault(name);
            }
        }
    }

    private async Task AppendAsync(PartitionLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var lsn = log.Append(Stores.Bytes($"record {i}"), 0);
            await log.DurableAsync(lsn);
            // Not each time, because looking takes as long as a commit and would keep the appenders apart.
            if (i % 10 == 0)
            {
                var inStore = await Place.ReadLongAsync(
                    $"SELECT max(last_lsn) FROM segments WHERE partition = {log.Partition}");
                Assert.True(inStore >= lsn, $"LSN {lsn} was acknowledged, but the store ends at {inStore}.");
            }
        }
    }
}

public sealed class SqliteGroupCommitTests : GroupCommitTests<SqlitePlace>;

public sealed class PostgresGroupCommitTests : GroupCommitTests<PostgresPlace>;
