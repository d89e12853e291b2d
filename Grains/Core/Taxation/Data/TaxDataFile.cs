using NodaTime;

namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A file that was read and found right.</summary>
internal sealed record TaxDataFile(
    string Name,
    string Version,
    LocalDate ReviewedThrough,
    IReadOnlyDictionary<string, RuleEntry> Rules,
    IReadOnlyList<string> Classes,
    IReadOnlyDictionary<string, Jurisdiction> Jurisdictions);
