using NodaTime;

namespace OrleansBilling.Documents;

/// <summary>An invoice this document corrects or credits, BG-3.</summary>
/// <param name="Number">BT-25.</param>
/// <param name="IssueDate">BT-26.</param>
public sealed record PrecedingInvoice(string Number, LocalDate? IssueDate = null);
