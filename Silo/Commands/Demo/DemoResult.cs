using System.Text.Json;
using NodaTime;
using OrleansBilling.Silo.Commands.Import;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>What a scenario came to.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Tenant">The tenant created for it.</param>
/// <param name="Key">The tenant's API key.</param>
/// <param name="Files">What was imported.</param>
/// <param name="Counters">The accounts of the import.</param>
/// <param name="Start">Start of the first period.</param>
/// <param name="End">End of the last one.</param>
/// <param name="Customers">Ids of the customers.</param>
/// <param name="Invoices">As the API has them, oldest first, all customers.</param>
/// <param name="Audit">The audit's report.</param>
public sealed record DemoResult(
    Scenario Scenario,
    string Tenant,
    string Key,
    IReadOnlyList<string> Files,
    ImportCounters Counters,
    Instant Start,
    Instant End,
    IReadOnlyList<string> Customers,
    IReadOnlyList<JsonElement> Invoices,
    JsonElement Audit);
