namespace OrleansBilling.Documents.Pdf;

/// <summary>A node of the structure tree that tells reading programs what is a heading, a table, a cell
/// (ISO 32000-1, 14.7 and 14.8).</summary>
internal sealed class PdfElement
{
    private PdfElement(string type) => Type = type;

    /// <summary>E.g. <c>H1</c>, <c>P</c>, <c>Table</c>, <c>TR</c>, <c>TH</c>, <c>TD</c>.</summary>
    public string Type { get; }

    /// <summary>What is said instead of a figure.</summary>
    public string? AlternativeText { get; init; }

    /// <summary>Child elements and marked content, in reading order.</summary>
    public List<object> Kids { get; } = [];

    public static PdfElement Root() => new("Document");

    /// <summary>A new last child.</summary>
    public PdfElement Add(string type, string? alternativeText = null)
    {
        var child = new PdfElement(type) { AlternativeText = alternativeText };
        Kids.Add(child);
        return child;
    }
}
