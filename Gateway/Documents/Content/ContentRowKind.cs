namespace OrleansBilling.Documents.Content;

/// <summary>What a row of the table of lines is.</summary>
internal enum ContentRowKind
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>The heading of the lines that follow.</summary>
    Group,

    /// <summary>The sum of a group.</summary>
    Subtotal,

    /// <summary>An allowance or charge of the document.</summary>
    Adjustment,
}
