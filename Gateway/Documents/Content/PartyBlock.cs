namespace OrleansBilling.Documents.Content;

/// <summary>A party as on the envelope, and what identifies it.</summary>
internal sealed record PartyBlock(string Heading, string Name, IReadOnlyList<string> Lines, IReadOnlyList<Fact> Facts);
