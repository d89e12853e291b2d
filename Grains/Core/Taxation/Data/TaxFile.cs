namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A data file as it is written; docs/taxation.md describes the members. Dates and numbers are text until they are
/// checked.</summary>
internal sealed record TaxFile
{
    /// <summary>Short name, e.g. <c>eu</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Of the content, usually a date.</summary>
    public string? Version { get; init; }

    /// <summary>Law published later is not in the file.</summary>
    public string? ReviewedThrough { get; init; }

    /// <summary>Laws and publications by a short key.</summary>
    public Dictionary<string, string>? Sources { get; init; }

    /// <summary>What the rules of the schemes say, by id.</summary>
    public Dictionary<string, RuleEntry>? Rules { get; init; }

    /// <summary>Classes of products beyond <see cref="TaxClasses"/>.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Countries, states, provinces.</summary>
    public IReadOnlyList<JurisdictionEntry>? Jurisdictions { get; init; }
}
