using Confluent.Kafka;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Reads the events of one message with the readers of the HTTP interface. Not for several threads at once.</summary>
/// <remarks>
/// CloudEvents: Kafka protocol binding 1.0.2, structured, batched and binary mode (<c>ce_</c> headers). Without a content type that
/// says so, the content decides.
/// </remarks>
internal sealed class MessageReader(KafkaSettings settings)
{
    private readonly Dictionary<string, KafkaTopic> _topics = settings.Topics.ToDictionary(topic => topic.Name, StringComparer.Ordinal);
    private readonly IntakeBatch _read = new(new());

    /// <summary>The events of the message that was read last.</summary>
    public Span<IntakeEvent> Events => _read.Events;

    /// <summary>Reads a message.</summary>
    /// <param name="message">As Kafka delivered it.</param>
    /// <param name="tenant">Whose usage it is; meaningless with a reason.</param>
    /// <returns>Null when it was read; its single events may still have faults.</returns>
    public DeadReason? Read(ConsumeResult<byte[]?, byte[]?> message, out string tenant)
    {
        _read.Clear();
        tenant = (_topics.GetValueOrDefault(message.Topic)?.Tenant ?? message.Message.Headers.Text(settings.TenantHeader)) ?? "";
        if (!EntityId.IsValidTenant(tenant))
        {
            return DeadReason.NoTenant(settings.TenantHeader);
        }
        return message.Message.Value switch
        {
            null or [] => DeadReason.Empty,
            var value when value.Length > settings.MaxMessageBytes => DeadReason.TooLarge(value.Length, settings.MaxMessageBytes),
            var value => Read(value, message),
        };
    }

    private DeadReason? Read(byte[] value, ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            ReadEvents(value, message);
            return null;
        }
        catch (ProblemException refused)
        {
            var error = refused.Problem.Errors.Count > 0 ? refused.Problem.Errors[0] : null;
            return new(refused.Problem.Code, refused.Problem.Detail, error?.Pointer);
        }
        catch (Exception mistake)
        {
            return DeadReason.Unreadable(mistake);
        }
    }

    private void ReadEvents(byte[] value, ConsumeResult<byte[]?, byte[]?> message)
    {
        var headers = message.Message.Headers;
        switch (FormOf(headers))
        {
            case UsageForm.Binary:
                UsageBodyReader.ReadBinary(
                    value, Attribute(headers, "specversion"), Attribute(headers, "source"), Attribute(headers, "id"),
                    Attribute(headers, "type"), Attribute(headers, "subject"), Attribute(headers, "time"), _read);
                break;
            case UsageForm.Message:
                UsageBodyReader.ReadMessage(value, MessageHeaders.EventIdOf(message), _read);
                break;
            case var form:
                UsageBodyReader.Read(value, form, _read);
                break;
        }
    }

    private static UsageForm FormOf(Headers? headers)
    {
        if (headers.Text("ce_specversion") is not null)
        {
            return UsageForm.Binary;
        }
        return headers.Text("content-type")?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/cloudevents+json" => UsageForm.Structured,
            "application/cloudevents-batch+json" => UsageForm.Batched,
            _ => UsageForm.Message,
        };
    }

    private static string Attribute(Headers? headers, string name) => headers.Text($"ce_{name}") ?? "";
}
