namespace OrleansBilling.Core.Documents;

/// <summary>An entry of an object or an array.</summary>
/// <param name="Key">The property's name; empty in arrays.</param>
/// <param name="At">Where the key is; in arrays, where the value is.</param>
/// <param name="Value">The value.</param>
internal readonly record struct SourceMember(string Key, TextPosition At, SourceNode Value);
