using System.Globalization;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>Two servers of one cluster on PostgreSQL share the partitions of the topics.</summary>
public sealed class KafkaGroupTests : IDisposable
{
    private const int Devices = 10;
    private const string Reading = "Reading from Kafka: usage/";
    private const string TriedAgain = "cannot be taken now and are tried again";
    private readonly MockKafka _kafka = new();
    private readonly KafkaTopics _topics;

    public KafkaGroupTests()
    {
        _kafka.CreateTopic(KafkaTopics.Usage, 4);
        _kafka.CreateTopic(KafkaTopics.Fleet, 2);
        _kafka.CreateTopic(KafkaTopics.DeadLetters, 1);
        _topics = new(_kafka);
    }

    public void Dispose()
    {
        _topics.Dispose();
        _kafka.Dispose();
    }

    [Fact]
    public async Task A_rebalance_a_database_that_pauses_and_a_server_that_stops_bill_every_event_once()
    {
        await using var postgres = await PrivatePostgres.StartNewAsync();
        var database = await postgres.CreateDatabaseAsync();
        await using var first = Server(1, database);
        await using var second = Server(2, database);
        await first.Silo.StartAsync();
        await first.FurnishAsync(Devices);
        var traffic = new KafkaTraffic(_topics, Devices, seed: 9);
        traffic.Send(1_000);
        await second.Silo.StartAsync();
        second.Know(first);
        traffic.Send(1_000);
        await Wait.UntilAsync(() => second.Silo.Output.Contains(Reading, StringComparison.Ordinal), "the second server has partitions");

        postgres.Pause();
        traffic.Send(1_000);
        await Wait.UntilAsync(
            () => (first.Silo.Output + second.Silo.Output).Contains(TriedAgain, StringComparison.Ordinal), "messages cannot be taken");
        postgres.Resume();
        await first.Silo.TellToStopAsync();
        traffic.Send(1_000);
        await first.Silo.WaitForExitAsync(TimeSpan.FromSeconds(60));

        await Wait.UntilAsync(
            () => _topics.Uncommitted(KafkaTopics.Usage) + _topics.Uncommitted(KafkaTopics.Fleet) == 0, "all is committed");
        await Wait.UntilAsync(async () => (await second.BilledAsync()).Events > 0, "the bill is there");
        Assert.Equal((traffic.Events, traffic.Quantity), await second.BilledAsync());
        var letters = _topics.ReadAll(KafkaTopics.DeadLetters).Select(letter => letter.Header("mark")).Distinct();
        Assert.Equal(traffic.Poison.Keys.Order(StringComparer.Ordinal), letters.Order(StringComparer.Ordinal));
    }

    private KafkaServer Server(int number, string database) => new(_kafka, new Dictionary<string, string>
    {
        ["Storage__Provider"] = "PostgreSql",
        ["Storage__ConnectionString"] = database,
        ["Storage__Partitions"] = "8",
        ["Cluster__SiloName"] = $"silo-{number.ToString(CultureInfo.InvariantCulture)}",
        ["Cluster__AdvertisedAddress"] = "127.0.0.1",
        ["Cluster__SiloPort"] = Port(),
        ["Cluster__GatewayPort"] = Port(),
        ["Cluster__Votes"] = "1",
    });

    private static string Port() => StablePorts.Next().ToString(CultureInfo.InvariantCulture);
}
