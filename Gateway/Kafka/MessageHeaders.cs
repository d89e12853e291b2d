using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Headers of a message, and what identifies an event that has no id of its own.</summary>
internal static class MessageHeaders
{
    /// <summary>An id for an event without one; dead letters carry it, so that a message that is sent again keeps its identity.</summary>
    public const string EventId = "billing-event-id";

    /// <summary>Longest header that is read.</summary>
    private const int MaxLength = 4096;

    /// <summary>A topic's name leaves room for the numbers in an id of 128 characters.</summary>
    private const int LongestTopicInId = 60;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The newest header of that name as a text; null when there is none that is one.</summary>
    public static string? Text(this Headers? headers, string name)
    {
        if (headers is null || !headers.TryGetLastBytes(name, out var bytes) || bytes is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// The id of an event that has none: the header, else one made of where the message stands. The time of the message is in it, so that
    /// a topic that was made anew repeats no ids.
    /// </summary>
    public static string EventIdOf(ConsumeResult<byte[]?, byte[]?> message) => message.Message.Headers.Text(EventId) ?? string.Create(
        CultureInfo.InvariantCulture,
        $"kafka:{InId(message.Topic)}/{message.Partition.Value}/{message.Offset.Value}/{message.Message.Timestamp.UnixTimestampMs}");

    private static string InId(string topic) => topic.Length <= LongestTopicInId
        ? topic
        : $"#{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(topic)))[..32]}";
}
