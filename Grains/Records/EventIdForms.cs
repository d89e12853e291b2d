using System.Buffers;
using System.Globalization;
using System.Text;

namespace OrleansBilling.Grains.Records;

/// <summary>Stores the ids that most senders use, UUIDs, as their 16 bytes, and gives every id back letter by letter as it came.</summary>
internal static class EventIdForms
{
    /// <summary>Of an id that is not stored as text, in bytes.</summary>
    public const int PackedLength = 16;

    private const int DashedLength = 36;
    private const int PlainLength = 32;

    private static readonly SearchValues<char> LowerDigits = SearchValues.Create("0123456789abcdef-");
    private static readonly SearchValues<char> UpperDigits = SearchValues.Create("0123456789ABCDEF-");

    /// <param name="packed">Filled, unless the answer is <see cref="EventIdForm.Text"/>.</param>
    public static EventIdForm Pack(string id, Span<byte> packed)
    {
        var isDashed = id.Length == DashedLength;
        if (!isDashed && id.Length != PlainLength)
        {
            return EventIdForm.Text;
        }
        // The parser is more tolerant than these forms: it would take 0x and a plus.
        var isLower = !id.AsSpan().ContainsAnyExcept(LowerDigits);
        if (!(isLower || !id.AsSpan().ContainsAnyExcept(UpperDigits)) || !Guid.TryParseExact(id, isDashed ? "D" : "N", out var uuid))
        {
            return EventIdForm.Text;
        }
        uuid.TryWriteBytes(packed, bigEndian: true, out _);
        return (isDashed, isLower) switch
        {
            (true, true) => EventIdForm.LowerUuid,
            (true, false) => EventIdForm.UpperUuid,
            (false, true) => EventIdForm.LowerHex,
            (false, false) => EventIdForm.UpperHex,
        };
    }

    /// <exception cref="InvalidDataException">A newer program wrote the form.</exception>
    public static string Unpack(EventIdForm form, ReadOnlySpan<byte> stored) => form switch
    {
        EventIdForm.Text => Encoding.UTF8.GetString(stored),
        EventIdForm.LowerUuid => Uuid(stored, "D"),
        EventIdForm.UpperUuid => Uuid(stored, "D").ToUpperInvariant(),
        EventIdForm.LowerHex => Uuid(stored, "N"),
        EventIdForm.UpperHex => Uuid(stored, "N").ToUpperInvariant(),
        _ => throw new InvalidDataException($"Form {(int)form} of an event's id is unknown; a newer program wrote it."),
    };

    private static string Uuid(ReadOnlySpan<byte> stored, string format) =>
        new Guid(stored[..PackedLength], bigEndian: true).ToString(format, CultureInfo.InvariantCulture);
}
