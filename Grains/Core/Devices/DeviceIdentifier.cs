namespace OrleansBilling.Core.Devices;

/// <summary>A name that a network or a maker gave to a device: it may belong to another device later.</summary>
/// <param name="Kind">One of <see cref="IdentifierKinds.All"/>.</param>
/// <param name="Value">In the one form in which it is kept: <see cref="IdentifierKinds.TryRead"/>.</param>
public readonly record struct DeviceIdentifier(string Kind, string Value)
{
    /// <summary>No id that a caller may choose has it.</summary>
    private const char Mark = '\u0001';

    /// <summary>Takes the place of a device's id while the owner is not known; no device can have it.</summary>
    public string Key => $"{Mark}{Kind}{Mark}{Value}";

    /// <summary>Whether an id is the <see cref="Key"/> of an identifier.</summary>
    public static bool IsKey(string id) => id.Length > 0 && id[0] == Mark;

    /// <summary>The identifier of a <see cref="Key"/>.</summary>
    public static DeviceIdentifier OfKey(string key)
    {
        var end = key.IndexOf(Mark, 1);
        return new(key[1..end], key[(end + 1)..]);
    }

    /// <summary>For people: <c>imsi 262011234567890</c>.</summary>
    public override string ToString() => $"{Kind} {Value}";
}
