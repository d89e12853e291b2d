using System.Diagnostics.Metrics;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Figures of the usage that comes by Kafka.</summary>
internal sealed class KafkaMetrics
{
    private readonly Counter<long> _messages;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _commitFailures;
    private readonly Counter<long> _errors;

    /// <summary>Creates the instruments.</summary>
    public KafkaMetrics(IMeterFactory meters, LaneSet lanes)
    {
        var meter = meters.Create(UsageMetrics.MeterName);
        _messages = meter.CreateCounter<long>("billing.kafka.messages", "{message}", "Messages dealt with: durable, or a dead letter.");
        _deadLetters = meter.CreateCounter<long>("billing.kafka.dead_letters", "{message}", "Messages written to the dead-letter topic, by reason.");
        _retries = meter.CreateCounter<long>("billing.kafka.retries", "{batch}", "Batches that could not be taken and are tried again.");
        _commitFailures = meter.CreateCounter<long>("billing.kafka.commit.failures", "{commit}", "Commits of offsets that failed; tried again.");
        _errors = meter.CreateCounter<long>("billing.kafka.errors", "{error}", "Errors that the Kafka client told, by their code.");
        meter.CreateObservableGauge("billing.kafka.lag", lanes.Lags, "{message}", "Messages of a partition that are not durable here yet.");
        meter.CreateObservableGauge("billing.kafka.paused", lanes.Paused, "{partition}", "Partitions that wait until their messages can be taken.");
    }

    /// <summary>Messages whose offsets may be committed.</summary>
    public void Done(string topic, int messages) => _messages.Add(messages, Topic(topic));

    /// <summary>A message that is in the dead-letter topic now.</summary>
    public void Dead(string topic, string code) => _deadLetters.Add(1, Topic(topic), new("code", code));

    /// <summary>A batch that is tried again.</summary>
    public void Retried(string topic) => _retries.Add(1, Topic(topic));

    /// <summary>A commit that failed.</summary>
    public void CommitFailed() => _commitFailures.Add(1);

    /// <summary>An error of the client.</summary>
    public void Failed(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));

    private static KeyValuePair<string, object?> Topic(string topic) => new("topic", topic);
}
