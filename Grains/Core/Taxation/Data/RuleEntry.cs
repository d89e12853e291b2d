namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A rule for people: what it says, and where that stands.</summary>
internal sealed record RuleEntry
{
    public string? Text { get; init; }

    public string? Source { get; init; }
}
