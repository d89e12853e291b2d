namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>What an operation answers to whom. Without a key, with a revoked one and without the scope there is nothing to choose.</summary>
/// <param name="Operation">As the document names it, such as <c>get /v1/meters/{id}</c>.</param>
/// <param name="Path">The address of what the owner has.</param>
/// <param name="Body">Null for none.</param>
/// <param name="Own">Status for a key with the least scope that will do: it works.</param>
/// <param name="Foreign">Status for a key of another tenant, the same as for what does not exist.</param>
/// <param name="OfCustomer">Whether a key of the customer may use it, for that customer only.</param>
/// <param name="Type">Media type of the body.</param>
internal sealed record AccessCase(
    string Operation, string Path, string? Body = null, int Own = 200, int Foreign = 404, bool OfCustomer = false,
    string Type = "application/json")
{
    public HttpMethod Method => new(Operation[..Operation.IndexOf(' ', StringComparison.Ordinal)].ToUpperInvariant());

    /// <summary>What is watched never ends.</summary>
    public bool IsLive => Path.EndsWith("/live", StringComparison.Ordinal);
}
