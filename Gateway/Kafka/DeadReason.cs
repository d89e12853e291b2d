namespace OrleansBilling.Gateway.Kafka;

/// <summary>Why a message is no usage.</summary>
/// <param name="Code">Stable and dotted; listed in docs/api.md and docs/kafka.md.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="At">JSON pointer in the value, or name of the header; null when it is the whole message.</param>
internal sealed record DeadReason(string Code, string Detail, string? At = null)
{
    public static readonly DeadReason Empty = new("kafka.message_empty", "The message has no value.");

    public static DeadReason TooLarge(int bytes, int limit) => new("kafka.message_too_large",
        $"The value has {bytes} bytes; Kafka:MaxMessageBytes is {limit}.");

    public static DeadReason NoTenant(string header) => new("kafka.tenant_missing",
        $"The topic has no tenant in Kafka:Topics, and the message has no valid one in the header '{header}'.", header);

    public static DeadReason UnknownTenant(string tenant) => new("tenant.unknown", $"There is no tenant '{tenant}'.");

    /// <summary>A mistake of our own: the same bytes would fail again.</summary>
    public static DeadReason Unreadable(Exception error) => new("kafka.message_unreadable",
        $"The message could not be read: {error.GetType().Name}.");

    /// <summary>Of a message with several events, some of which were refused.</summary>
    public DeadReason OneOf(int refused, int events) => events == 1 ? this : this with
    {
        Detail = $"{refused} of {events} events were refused, the first because: {Detail} The others are counted; sending all again is safe.",
    };
}
