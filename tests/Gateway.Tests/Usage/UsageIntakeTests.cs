using System.Diagnostics.Metrics;
using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Gateway.Tests.Host;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class UsageIntakeTests
{
    private const int Partitions = 7;
    private readonly List<(int Partition, UsageBatch Batch)> _calls = [];
    private readonly UsageIntake _intake;
    private Func<int, UsageBatch, UsageResult[]> _answer = (partition, batch) =>
        Array.ConvertAll(
            batch.Events, usage => new UsageResult { Partition = partition, Position = (long)usage.Value });

    public UsageIntakeTests()
    {
        var numbers = Enumerable.Range(0, Partitions);
        var partitions = numbers.Select(number => FakeGrains.Make<IPartitionGrain>((_, arguments) =>
        {
            var batch = (UsageBatch)arguments[0]!;
            lock (_calls)
            {
                _calls.Add((number, batch));
            }
            try
            {
                return Task.FromResult(new UsageBatchResult(_answer(number, batch)));
            }
            catch (PartitionUnavailableException away)
            {
                return Task.FromException<UsageBatchResult>(away);
            }
        })).ToArray();
        var cluster = FakeGrains.Make<IClusterGrain>((_, _) => Task.FromResult(Partitions));
        var grains = FakeGrains.Factory((type, key) => type == typeof(IClusterGrain) ? cluster : partitions[key]);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _intake = new(new PartitionRouter(grains), new(), new UsageMetrics(meters));
    }

    [Fact]
    public void Every_event_goes_to_its_own_partition_in_one_call_and_answers_come_back_in_order() =>
        Gen.Int[0, 40].Array[0, 60].Sample(devices =>
        {
            _calls.Clear();
            var batch = Read(devices.Select((device, index) => Event($"d{device}", index)));
            _intake.SubmitAsync("acme", batch, default).GetAwaiter().GetResult();
            Assert.Equal(_calls.Count, _calls.Select(call => call.Partition).Distinct().Count());
            Assert.All(_calls, call => Assert.All(call.Batch.Events, usage =>
                Assert.Equal(call.Partition, PartitionMap.Of(EntityKind.Device, "acme", usage.Device, Partitions))));
            for (var i = 0; i < devices.Length; i++)
            {
                Assert.Equal(i, batch.Results[i].Position);
            }
        }, threads: 1);

    [Fact]
    public async Task A_faulty_event_is_never_sent_and_keeps_its_place()
    {
        var batch = Read([Event("d1", 0), "7", Event("d2", 2)]);
        var totals = await _intake.SubmitAsync("acme", batch, default);
        Assert.Equal((2, 1, 2), (totals.Accepted, totals.Rejected, _calls.Sum(call => call.Batch.Events.Length)));
        Assert.Equal((UsageStatus.Rejected, "usage.event_invalid"), (batch.Results[1].Status, batch.Results[1].Code));
    }

    [Fact]
    public async Task Counts_add_up_to_the_number_of_events()
    {
        var next = 0;
        _answer = (_, batch) =>
            Array.ConvertAll(batch.Events, _ => new UsageResult { Status = (UsageStatus)(next++ % 6) });
        var totals = await _intake.SubmitAsync(
            "acme", Read(Enumerable.Range(0, 12).Select(i => Event("d", i))), default);
        Assert.Equal((6, 2, 4, 2, 2, 2),
            (totals.Accepted, totals.Duplicates, totals.Rejected, totals.Late, totals.Quarantined, totals.Conflicts));
    }

    [Fact]
    public async Task A_partition_that_is_away_fails_the_batch_so_that_it_is_sent_again()
    {
        _answer = (partition, batch) => partition == PartitionMap.Of(EntityKind.Device, "acme", "d1", Partitions)
            ? throw new PartitionUnavailableException("away")
            : new UsageResult[batch.Events.Length];
        var error = await Record.ExceptionAsync(
            () => _intake.SubmitAsync("acme", Read([Event("d1", 0), Event("d2", 1)]), default));
        Assert.IsType<PartitionUnavailableException>(error);
        Assert.True(UsageUnavailable.Is(error!));
    }

    [Fact]
    public async Task A_partition_that_answers_too_little_is_our_mistake_and_never_a_wrong_answer()
    {
        _answer = (_, _) => [];
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _intake.SubmitAsync("acme", Read([Event("d1", 0)]), default));
    }

    [Fact]
    public async Task Nothing_is_asked_of_anybody_for_an_empty_batch()
    {
        Assert.Equal(default, await _intake.SubmitAsync("acme", Read([]), default));
        Assert.Empty(_calls);
    }

    private IntakeBatch Read(IEnumerable<string> events)
    {
        var batch = _intake.Rent();
        UsageBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', events)}}]}"""), UsageForm.Json, batch);
        return batch;
    }

    private static string Event(string device, int value) =>
        $$"""{"id":"e","device":"{{device}}","meter":"m","time":"2026-01-31T08:00:00Z","value":{{value}}}""";
}
