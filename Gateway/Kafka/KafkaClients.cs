using System.Globalization;
using Confluent.Kafka;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Makes the clients of librdkafka and takes their logs.</summary>
internal sealed partial class KafkaClients(KafkaSettings settings, KafkaMetrics metrics, ILogger<KafkaClients> logger)
{
    /// <summary>Dead letters may be as large as what a broker lets through.</summary>
    private const int LargestDeadLetter = 64 * 1024 * 1024;

    /// <summary>What the clients read ahead in the background.</summary>
    private const int ReadAheadKilobytes = 16 * 1024;

    /// <summary>Tries the properties, so that the start of the process says which one is wrong.</summary>
    /// <exception cref="GatewayConfigurationException">librdkafka does not take one.</exception>
    public static void Check(KafkaSettings settings)
    {
        try
        {
            new ProducerBuilder<byte[]?, byte[]?>(ProducerProperties(settings)).SetLogHandler((_, _) => { }).Build().Dispose();
            new ConsumerBuilder<byte[]?, byte[]?>(ConsumerProperties(settings)).SetLogHandler((_, _) => { }).Build().Dispose();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new GatewayConfigurationException($"Kafka:Librdkafka or Kafka:BootstrapServers cannot be used: {e.Message}", e);
        }
    }

    /// <summary>A consumer in the group; its handlers run in the thread that polls it.</summary>
    public IConsumer<byte[]?, byte[]?> CreateConsumer(
        Action<List<TopicPartition>> assigned, Action<List<TopicPartitionOffset>> revoked, Action<List<TopicPartitionOffset>> lost) =>
        new ConsumerBuilder<byte[]?, byte[]?>(ConsumerProperties(settings))
            .SetLogHandler((_, line) => Tell(line))
            .SetErrorHandler((_, error) => Tell(error))
            .SetPartitionsAssignedHandler((_, partitions) => assigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => revoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => lost(partitions))
            .Build();

    /// <summary>A producer whose messages are on all replicas that are in sync when it says so.</summary>
    public IProducer<byte[]?, byte[]?> CreateProducer() =>
        new ProducerBuilder<byte[]?, byte[]?>(ProducerProperties(settings))
            .SetLogHandler((_, line) => Tell(line))
            .SetErrorHandler((_, error) => Tell(error))
            .Build();

    private static Dictionary<string, string> ConsumerProperties(KafkaSettings settings) => Merge(
        settings,
        new()
        {
            ["auto.offset.reset"] = "earliest",
            ["partition.assignment.strategy"] = "cooperative-sticky",
            ["queued.max.messages.kbytes"] = ReadAheadKilobytes.ToString(CultureInfo.InvariantCulture),
        },
        new() { ["group.id"] = settings.GroupId, ["enable.auto.commit"] = "false", ["enable.auto.offset.store"] = "false" });

    private static Dictionary<string, string> ProducerProperties(KafkaSettings settings) => Merge(
        settings,
        new()
        {
            ["linger.ms"] = "5",
            ["message.timeout.ms"] = "30000",
            ["message.max.bytes"] = LargestDeadLetter.ToString(CultureInfo.InvariantCulture),
        },
        new() { ["acks"] = "all" });

    private static Dictionary<string, string> Merge(
        KafkaSettings settings, Dictionary<string, string> defaults, Dictionary<string, string> fixedOnes)
    {
        foreach (var (name, value) in settings.Librdkafka.Concat(fixedOnes))
        {
            defaults[name] = value;
        }
        defaults["bootstrap.servers"] = settings.BootstrapServers;
        return defaults;
    }

    private void Tell(Error error)
    {
        metrics.Failed(error.Code.ToString());
        if (error.IsFatal)
        {
            Failed(logger, error.Reason);
        }
    }

    private void Tell(LogMessage line)
    {
        // One set of properties serves both kinds of client.
        if (line.Facility != "CONFWARN" || !line.Message.Contains("and will be ignored by this", StringComparison.Ordinal))
        {
            // Whoever sets 'debug' wants to see what it brings.
            var level = Math.Max(line.LevelAs(LogLevelType.MicrosoftExtensionsLogging), (int)LogLevel.Information);
            Line(logger, (LogLevel)level, line.Name, line.Facility, line.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The Kafka client failed and is made anew: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);

    [LoggerMessage("Kafka client {Client}: {Facility}: {Text}")]
    private static partial void Line(ILogger logger, LogLevel level, string client, string facility, string text);
}
