using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Values of dimensions that a plan asks for, but that no event can have.</summary>
internal static class DimensionWarnings
{
    internal static void Find(
        ChargeDefinition charge, string at, IReadOnlyList<LookupDefinition> lookups, MeterDefinition? meter, List<ValidationError> warnings)
    {
        foreach (var rule in meter?.Dimensions ?? [])
        {
            if (rule.Values is { } values && lookups.All(lookup => lookup.Dimension != rule.Name))
            {
                Find(charge, at, rule.Name, [.. values, rule.Otherwise ?? DimensionRule.Other], warnings);
            }
        }
    }

    private static void Find(ChargeDefinition charge, string at, string dimension, HashSet<string> told, List<ValidationError> warnings)
    {
        foreach (var (clause, place) in Clauses(charge, at).Where(c => c.Clause.Dimension == dimension))
        {
            if (clause.Values.FirstOrDefault(value => !told.Contains(value)) is { } never)
            {
                warnings.Add(new($"{place}/{JsonPointer.Escape(dimension)}", "lint.value_never_told",
                    $"The meter tells '{never}' not apart from other values, so that no usage has it: ask for '{told.Last()}', or make a meter that "
                    + "lists it."));
            }
        }
    }

    private static IEnumerable<(WhereClause Clause, string At)> Clauses(ChargeDefinition charge, string at)
    {
        var own = charge.Where.Select(clause => (clause, at + "/where"));
        var allowances = charge.Allowances.SelectMany((a, i) => a.Where.Select(clause => (clause, $"{at}/allowances/{i}/where")));
        var rows = ChargePrices.Outer(charge, at).SelectMany(p => (p.Price.Matrix?.Rows ?? []).SelectMany(
            (row, i) => row.Keys.Select(clause => (clause, $"{p.At}/matrix/rows/{i}/keys"))));
        return own.Concat(allowances).Concat(rows);
    }
}
