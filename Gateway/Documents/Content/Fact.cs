namespace OrleansBilling.Documents.Content;

/// <summary>Something with a name.</summary>
internal sealed record Fact(string Label, string Value);
