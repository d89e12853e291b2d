namespace OrleansBilling.Documents.Typesetting;

/// <summary>Bidirectional character types, by the names of Unicode Standard Annex 9, table 4.</summary>
internal enum BidiClass
{
    L,
    R,
    AL,
    EN,
    ES,
    ET,
    AN,
    CS,
    NSM,
    BN,
    WS,
    ON,
    Isolate,
    PDI,
}
