namespace OrleansBilling.Contracts.Common;

/// <summary>Answer to a command; durable when it reaches the caller.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Value">The entity as it now is; null when refused.</param>
/// <param name="Errors">Empty unless refused.</param>
[GenerateSerializer, Immutable, Alias("billing.command-result`1")]
public sealed record CommandResult<T>(
    [property: Id(0)] CommandOutcome Outcome,
    [property: Id(1)] T? Value,
    [property: Id(2)] CommandError[] Errors)
    where T : class
{
    /// <summary>Whether the command was carried out, now or by an earlier copy of it.</summary>
    public bool Succeeded => Outcome is CommandOutcome.Created or CommandOutcome.Unchanged or CommandOutcome.Updated;
}
