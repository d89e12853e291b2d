namespace OrleansBilling.Core.Documents;

/// <summary>A place in a text that a person wrote.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary><c>line:column</c>, as editors and compilers write it.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
