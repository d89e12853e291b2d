namespace OrleansBilling.Core.Documents;

/// <summary>A value of a source document and where it was written.</summary>
internal sealed class SourceNode(SourceKind kind, TextPosition at, string text = "")
{
    internal SourceKind Kind => kind;

    /// <summary>Where the value begins; of an alias, where its anchor is.</summary>
    internal TextPosition At => at;

    /// <summary>Of texts and numbers, as written; numbers never become floating point.</summary>
    internal string Text => text;

    /// <summary>Of arrays: values. Of objects: values with their keys, in order, repeated ones included.</summary>
    internal List<SourceMember> Members { get; } = [];
}
