namespace OrleansBilling.Gateway.Kafka;

/// <summary>What all lanes of a consumer share.</summary>
/// <param name="Metrics">The figures.</param>
/// <param name="Time">The clock.</param>
/// <param name="Progress">Set whenever a lane has got room.</param>
/// <param name="Logger">The log.</param>
internal sealed record LaneHost(KafkaMetrics Metrics, TimeProvider Time, ManualResetEventSlim Progress, ILogger Logger);
