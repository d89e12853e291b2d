using System.Globalization;
using System.Text;
using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>
/// The topic for messages that are no usage: their bytes, key and headers as they came, and headers that say why and where from. Written
/// with <c>acks=all</c> before the offset of the source is committed, so each is there at least once.
/// </summary>
internal sealed partial class DeadLetters(
    KafkaSettings settings, KafkaClients clients, KafkaMetrics metrics, TimeProvider time, ILogger<DeadLetters> logger) : IDisposable
{
    private const string Prefix = "billing-dead-letter-";
    private readonly Lazy<IProducer<byte[]?, byte[]?>> _producer = new(clients.CreateProducer);

    /// <summary>Writes the messages that have a reason; durable when answered.</summary>
    /// <exception cref="KafkaException">Some may not be written; write all of them again.</exception>
    public async Task WriteAsync(
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> messages, DeadReason?[] reasons, CancellationToken cancel)
    {
        var dead = messages.Zip(reasons).Where(pair => pair.Second is not null).ToList();
        await Task.WhenAll(dead.Select(pair => WriteAsync(pair.First, pair.Second!, cancel)));
        foreach (var group in dead.GroupBy(pair => pair.Second!.Code))
        {
            var (first, reason) = group.First();
            Written(logger, group.Count(), settings.DeadLetterTopic, reason!.Code, SourceOf(first), reason.Detail);
        }
    }

    private async Task WriteAsync(ConsumeResult<byte[]?, byte[]?> message, DeadReason reason, CancellationToken cancel)
    {
        var letter = new Message<byte[]?, byte[]?>
        {
            Key = message.Message.Key, Value = message.Message.Value, Headers = HeadersOf(message, reason),
        };
        try
        {
            await _producer.Value.ProduceAsync(settings.DeadLetterTopic, letter, cancel);
        }
        catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge)
        {
            // The headers make it larger than what the source may hold. Its place in the source tells where the bytes are.
            letter.Headers.Add($"{Prefix}value-omitted", Bytes($"{message.Message.Value?.Length ?? 0} bytes"));
            letter.Value = null;
            await _producer.Value.ProduceAsync(settings.DeadLetterTopic, letter, cancel);
        }
        metrics.Dead(message.Topic, reason.Code);
    }

    /// <summary>Those of the message, without what an earlier dead letter said.</summary>
    private Headers HeadersOf(ConsumeResult<byte[]?, byte[]?> message, DeadReason reason)
    {
        var headers = new Headers();
        foreach (var header in message.Message.Headers ?? [])
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal) && header.Key != MessageHeaders.EventId)
            {
                headers.Add(header.Key, header.GetValueBytes());
            }
        }
        headers.Add($"{Prefix}code", Bytes(reason.Code));
        headers.Add($"{Prefix}reason", Bytes(reason.Detail));
        if (reason.At is not null)
        {
            headers.Add($"{Prefix}at", Bytes(reason.At));
        }
        headers.Add($"{Prefix}source", Bytes(SourceOf(message)));
        headers.Add($"{Prefix}time", Bytes(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));
        headers.Add(MessageHeaders.EventId, Bytes(MessageHeaders.EventIdOf(message)));
        return headers;
    }

    private static string SourceOf(ConsumeResult<byte[]?, byte[]?> message) =>
        string.Create(CultureInfo.InvariantCulture, $"{message.Topic}/{message.Partition.Value}/{message.Offset.Value}");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} messages went to the dead-letter topic {Topic} as {Code}, the first from {Source}: {Reason}")]
    private static partial void Written(ILogger logger, int count, string topic, string code, string source, string reason);
}
