namespace OrleansBilling.Documents.Ubl;

/// <summary>A document breaks business rules of EN 16931, so that no e-invoice can be made of it.</summary>
public sealed class InvalidDocumentException : Exception
{
    /// <param name="number">Of the document.</param>
    /// <param name="findings">At least one.</param>
    public InvalidDocumentException(string number, IReadOnlyList<Finding> findings)
        : base($"Document '{number}' breaks rules of EN 16931: "
            + string.Join(" ", findings.Select(finding => $"[{finding.Rule}] {finding.Place}: {finding.Message}")))
        => Findings = findings;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
