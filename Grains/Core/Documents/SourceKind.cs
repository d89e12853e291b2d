namespace OrleansBilling.Core.Documents;

/// <summary>What a value of a source document becomes in JSON.</summary>
internal enum SourceKind
{
    Text,

    /// <summary>A number, kept as it was written.</summary>
    Number,
    True,
    False,
    Null,
    Object,
    Array,
}
