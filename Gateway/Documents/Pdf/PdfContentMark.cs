namespace OrleansBilling.Documents.Pdf;

/// <summary>Content of a page that belongs to a structure element.</summary>
/// <param name="Page">From 0.</param>
/// <param name="Id">Of the marked content on that page.</param>
internal sealed record PdfContentMark(int Page, int Id);
