namespace OrleansBilling.Gateway.Documentation;

/// <summary>What the OpenAPI document says of an operation beyond its types.</summary>
/// <param name="Tag">Group of operations.</param>
/// <param name="Summary">Two to six words; also the operation's id, after which generated clients name their methods, so it stays.</param>
/// <param name="Description">Sentences.</param>
internal sealed record OperationDoc(string Tag, string Summary, string Description)
{
    /// <summary>Names of query parameters; <see cref="DocumentedParameters"/> describes them.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>JSON of a request body.</summary>
    public string? RequestExample { get; init; }

    /// <summary>A request body as CSV.</summary>
    public string? CsvExample { get; init; }

    /// <summary>JSON of the successful answer.</summary>
    public string? ResponseExample { get; init; }
}
