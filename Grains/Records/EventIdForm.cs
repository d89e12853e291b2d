namespace OrleansBilling.Grains.Records;

/// <summary>How the id of an event is stored. Three bits of a record hold it for years: never change or reuse a value.</summary>
internal enum EventIdForm
{
    /// <summary>As it is, in UTF-8.</summary>
    Text = 0,

    /// <summary>A UUID as RFC 9562 writes it, in lower case.</summary>
    LowerUuid = 1,

    /// <summary>The same in upper case.</summary>
    UpperUuid = 2,

    /// <summary>32 hexadecimal digits in lower case.</summary>
    LowerHex = 3,

    /// <summary>32 hexadecimal digits in upper case.</summary>
    UpperHex = 4,
}
