namespace OrleansBilling.Gateway.Api;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, [property: System.Text.Json.Serialization.JsonIgnore(
    Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next);
