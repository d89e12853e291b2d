namespace OrleansBilling.Documents.Content;

/// <summary>A row of the table of lines.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Description, group or label of a sum.</param>
/// <param name="Notes">Small lines below the name.</param>
/// <param name="Quantity">With its unit.</param>
/// <param name="Price">Of one unit or of several.</param>
/// <param name="Tax">Rate.</param>
/// <param name="Amount">Without currency.</param>
/// <param name="Net">What it adds to the sum of the lines: zero for headings and sums.</param>
internal sealed record ContentRow(
    ContentRowKind Kind,
    string Name,
    IReadOnlyList<string> Notes,
    string Quantity,
    string Price,
    string Tax,
    string Amount,
    decimal Net);
