namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks a partition what its devices used of lines of one invoice.</summary>
/// <param name="Lines">What each line bills; their cursor and limit take no part. Null for a line that no usage is behind. At most 64.</param>
/// <param name="AfterLine">Index of the line to go on in; 0 begins.</param>
/// <param name="AfterDevice">Device to go on after in that line; null for the first.</param>
/// <param name="Limit">Answers, at most.</param>
[GenerateSerializer, Immutable, Alias("billing.line-usage-query")]
public sealed record LineUsageQuery(
    [property: Id(0)] LineEventsQuery?[] Lines,
    [property: Id(1)] int AfterLine,
    [property: Id(2)] string? AfterDevice,
    [property: Id(3)] int Limit);
