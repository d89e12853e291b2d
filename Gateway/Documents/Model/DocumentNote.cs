namespace OrleansBilling.Documents;

/// <summary>A note, BG-1.</summary>
/// <param name="Text">BT-22, in the document's language.</param>
/// <param name="SubjectCode">UNTDID 4451 (BT-21), e.g. <c>REG</c> for regulatory information; pages do not show it.</param>
public sealed record DocumentNote(string Text, string? SubjectCode = null);
