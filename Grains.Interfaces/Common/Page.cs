namespace OrleansBilling.Contracts.Common;

/// <summary>One page of a listing.</summary>
/// <param name="Items">In ascending order of their id unless the listing says otherwise.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("billing.page`1")]
public sealed record Page<T>([property: Id(0)] T[] Items, [property: Id(1)] string? Next);
