namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Where the time of an event stands and how it is written.</summary>
public sealed record TimeDefinition
{
    /// <summary>One column.</summary>
    public string? Column { get; init; }

    /// <summary>Several, joined by <see cref="Join"/>.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Between the columns; default a blank.</summary>
    public string? Join { get; init; }

    /// <summary>
    /// Tried in order: <c>iso</c>, <c>unix</c>, <c>unixMillis</c>, or a NodaTime pattern of local time. A pattern that
    /// begins with <c>swapped:</c> means dates whose day and month changed places whenever both were 12 or less.
    /// </summary>
    public IReadOnlyList<string>? Formats { get; init; }

    /// <summary>Zone of local times; default UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// A local time that happened twice: <c>earlier</c> (default), <c>later</c>, <c>byOccurrence</c>, <c>reject</c>.
    /// </summary>
    public string? Ambiguous { get; init; }

    /// <summary>A local time that never was: <c>forward</c> (default) or <c>reject</c>.</summary>
    public string? Skipped { get; init; }

    /// <summary>Added to the year as written.</summary>
    public int AddYears { get; init; }
}
