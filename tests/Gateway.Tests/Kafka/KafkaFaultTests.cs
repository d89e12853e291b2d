using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>A real server, real sockets, SIGKILL: what Kafka delivers is billed once, and what is no usage is found again.</summary>
public sealed class KafkaFaultTests : IDisposable
{
    private const int Devices = 20;
    private readonly MockKafka _kafka = new();
    private readonly KafkaTopics _topics;

    public KafkaFaultTests()
    {
        _kafka.CreateTopic(KafkaTopics.Usage, 4);
        _kafka.CreateTopic(KafkaTopics.Fleet, 2);
        _kafka.CreateTopic(KafkaTopics.DeadLetters, 2);
        _topics = new(_kafka);
    }

    public void Dispose()
    {
        _topics.Dispose();
        _kafka.Dispose();
    }

    [Fact]
    public async Task However_often_it_is_killed_every_event_is_billed_once_and_every_poison_message_is_kept_with_its_reason()
    {
        await using var server = new KafkaServer(_kafka);
        await server.Silo.StartAsync();
        await server.FurnishAsync(Devices);
        var traffic = new KafkaTraffic(_topics, Devices, seed: 7);
        for (var kill = 0; kill < 3; kill++)
        {
            var before = (await server.BilledAsync()).Events;
            traffic.Send(2_000);
            await Wait.UntilAsync(async () => (await server.BilledAsync()).Events > before, "some of the messages are billed");
            await server.Silo.KillAsync();
            traffic.Send(200);
            await server.Silo.StartAsync();
        }

        await AssertExactAsync(server, traffic);
        AssertDeadLetters(traffic);
    }

    [Fact]
    public async Task Brokers_that_go_down_and_refuse_commits_cost_nothing_but_time()
    {
        await using var server = new KafkaServer(_kafka);
        await server.Silo.StartAsync();
        await server.FurnishAsync(Devices);
        var traffic = new KafkaTraffic(_topics, Devices, seed: 8);
        traffic.Send(500);
        await Wait.UntilAsync(async () => (await server.BilledAsync()).Events > 0, "some of the messages are billed");
        _kafka.Fail(KafkaRequest.OffsetCommit, ErrorCode.GroupCoordinatorNotAvailable, 5);
        _kafka.Fail(KafkaRequest.Produce, ErrorCode.NotEnoughReplicas, 3);
        traffic.Send(500);
        _kafka.GoDown();
        await Wait.UntilAsync(async () => await server.FigureAsync("billing_kafka_errors_total") > 0, "the server sees that the brokers are away");
        Assert.Equal(200, (await server.Caller.GetAsync("/health/ready")).Status);
        _kafka.ComeUp();
        traffic.Send(500);

        await AssertExactAsync(server, traffic);
        AssertDeadLetters(traffic);
        await Wait.UntilAsync(async () => await server.FigureAsync("billing_kafka_lag") == 0, "there is no lag");
        var dealt = await server.FigureAsync("billing_kafka_messages_total");

        await server.Silo.TellToStopAsync();
        await server.Silo.WaitForExitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, server.Silo.ExitCode);
        Assert.True(dealt > 1_500, $"{dealt}");
        Assert.Contains("No longer reading from Kafka", server.Silo.Output, StringComparison.Ordinal);
    }

    /// <summary>The group has committed everything, and the bill has each event once.</summary>
    private async Task AssertExactAsync(KafkaServer server, KafkaTraffic traffic)
    {
        await Wait.UntilAsync(
            () => _topics.Uncommitted(KafkaTopics.Usage) + _topics.Uncommitted(KafkaTopics.Fleet) == 0, "all is committed", TimeSpan.FromSeconds(60));
        Assert.Equal((traffic.Events, traffic.Quantity), await server.BilledAsync());
        var quarantine = await server.Caller.GetAsync("/v1/quarantine?device=loose&limit=1000");
        Assert.Equal(traffic.Quarantined, quarantine.Json.GetProperty("items").GetArrayLength());
    }

    private void AssertDeadLetters(KafkaTraffic traffic)
    {
        var letters = _topics.ReadAll(KafkaTopics.DeadLetters);
        var reasons = letters.GroupBy(letter => letter.Header("mark")!).ToDictionary(
            group => group.Key, group => Assert.Single(group.Select(letter => letter.Header("billing-dead-letter-code")!).Distinct()));
        Assert.Equal(traffic.Poison.OrderBy(pair => pair.Key), reasons.OrderBy(pair => pair.Key));
        Assert.All(letters, letter => Assert.NotNull(letter.Header("billing-dead-letter-source")));
    }
}
