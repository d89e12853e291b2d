namespace OrleansBilling.Gateway.Kafka;

/// <summary>A topic that usage is read from.</summary>
/// <param name="Name">As Kafka knows it.</param>
/// <param name="Tenant">Whose usage it holds; null when each message names its tenant in a header.</param>
internal sealed record KafkaTopic(string Name, string? Tenant);
