using System.Text;
using Confluent.Kafka;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>Sends to topics, and reads them from their beginning.</summary>
public sealed class KafkaTopics(MockKafka kafka) : IDisposable
{
    public const string Usage = "usage";
    public const string Fleet = "fleet";
    public const string DeadLetters = "usage-dead-letters";
    public const string Group = "billing";

    private readonly IProducer<string?, byte[]?> _producer = new ProducerBuilder<string?, byte[]?>(
        new ProducerConfig { BootstrapServers = kafka.Bootstrap, LingerMs = 2, Acks = Acks.All, Partitioner = Partitioner.Murmur2Random })
        .SetLogHandler((_, _) => { }).Build();

    /// <summary>What could not be sent.</summary>
    private readonly List<string> _failures = [];

    /// <summary>Sends without waiting; the same key goes to the same partition.</summary>
    public void Send(string topic, string? key, string? value, params (string Name, string Value)[] headers)
    {
        var message = new Message<string?, byte[]?>
        {
            Key = key, Value = value is null ? null : Encoding.UTF8.GetBytes(value), Headers = [],
        };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        }
        _producer.Produce(topic, message, report =>
        {
            if (report.Error.IsError)
            {
                _failures.Add(report.Error.Reason);
            }
        });
    }

    /// <summary>Waits until everything is in its topic.</summary>
    public void Flush()
    {
        _producer.Flush(TimeSpan.FromSeconds(60));
        Xunit.Assert.Empty(_failures);
    }

    /// <summary>Messages that the group has not committed yet, in all partitions of a topic.</summary>
    public long Uncommitted(string topic)
    {
        using var member = Reader(Group);
        var partitions = Partitions(topic);
        return member.Committed(partitions, TimeSpan.FromSeconds(10)).Sum(committed =>
        {
            var ends = member.QueryWatermarkOffsets(committed.TopicPartition, TimeSpan.FromSeconds(10));
            return ends.High.Value - Math.Max(ends.Low.Value, committed.Offset.Value);
        });
    }

    /// <summary>Everything that is in a topic now.</summary>
    public IReadOnlyList<ConsumeResult<Ignore, byte[]?>> ReadAll(string topic)
    {
        using var reader = Reader("reader");
        var partitions = Partitions(topic);
        reader.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var left = partitions.Sum(partition => reader.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(10)).High.Value);
        var all = new List<ConsumeResult<Ignore, byte[]?>>();
        while (all.Count < left)
        {
            all.Add(reader.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException($"{all.Count} of {left} messages of {topic}."));
        }
        return all;
    }

    public void Dispose() => _producer.Dispose();

    private TopicPartition[] Partitions(string topic)
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        return [.. admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions.Select(p => new TopicPartition(topic, p.PartitionId))];
    }

    private IConsumer<Ignore, byte[]?> Reader(string group) => new ConsumerBuilder<Ignore, byte[]?>(
        new ConsumerConfig { BootstrapServers = kafka.Bootstrap, GroupId = group, EnableAutoCommit = false })
        .SetLogHandler((_, _) => { }).Build();
}

/// <summary>What a test asks of a message.</summary>
public static class MessageAsserts
{
    /// <summary>A header as a text; null without it.</summary>
    public static string? Header(this ConsumeResult<Ignore, byte[]?> message, string name) =>
        message.Message.Headers.TryGetLastBytes(name, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
}
