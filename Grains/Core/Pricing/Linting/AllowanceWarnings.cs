using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Allowances that are allowed but seldom meant.</summary>
internal static class AllowanceWarnings
{
    internal static void Find(ChargeDefinition charge, string at, List<ValidationError> warnings)
    {
        for (var i = 0; i < charge.Allowances.Count; i++)
        {
            var (allowance, place) = (charge.Allowances[i], $"{at}/allowances/{i}");
            Check.Forbid(allowance.Where.Any(clause => Excludes(charge.Where, clause)), place + "/where", "lint.allowance_never_used",
                "No event fits both this and the 'where' of the charge: mend one of them.", warnings);
            Check.Forbid(Endless(charge.Allowances, allowance), place, "lint.allowance_never_used",
                "A block before it is bought without end, so that nothing is left for this one: give that one 'maxBlocks', or a 'where'.", warnings);
            Check.Forbid(
                allowance is { Kind: AllowanceKind.Block, Price: { } price }
                    && charge.Price is { Model: PriceModel.PerUnit, UnitPrice: { } unitPrice }
                    && price > unitPrice * allowance.Quantity,
                place + "/price", "lint.block_dearer_than_overage",
                "A whole block costs more than the same quantity without it: compare its price with 'unitPrice'.", warnings);
        }
    }

    private static bool Excludes(IReadOnlyList<WhereClause> charge, WhereClause clause) => charge.Any(
        other => other.Dimension == clause.Dimension && !other.Values.Intersect(clause.Values, StringComparer.Ordinal).Any());

    private static bool Endless(IReadOnlyList<ChargeAllowance> all, ChargeAllowance block)
    {
        var endless = all.Where(a => a is { Kind: AllowanceKind.Block, MaxBlocks: null }
            && (a.Where.Count == 0 || AllowanceScopes.Key(a.Where) == AllowanceScopes.Key(block.Where)));
        return block.Kind == AllowanceKind.Block && endless.Any(a => a != block && IsBefore(a, block, all));
    }

    /// <summary>The order of use, of two blocks of which the first is as wide as the other.</summary>
    private static bool IsBefore(ChargeAllowance first, ChargeAllowance second, IReadOnlyList<ChargeAllowance> all) =>
        first.Priority < second.Priority
        || (first.Priority == second.Priority && first.Where.Count == second.Where.Count
            && all.TakeWhile(a => a != second).Contains(first));
}
