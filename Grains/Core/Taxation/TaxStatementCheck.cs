using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>Whether a statement is consistent in itself and with its request: the test of every answer of an external calculator, before an
/// invoice is made of it.</summary>
public static class TaxStatementCheck
{
    /// <summary>What is wrong, as English sentences; empty when nothing is.</summary>
    /// <remarks>It knows sums, not laws: a consistent answer with a wrong rate passes.</remarks>
    public static IReadOnlyList<string> Problems(TaxRequest request, TaxStatement statement)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(statement);
        var problems = Currencies(request, statement).Concat(LineIds(request, statement)).ToList();
        // Sums of different currencies, or of other lines, say nothing.
        return problems.Count > 0
            ? problems
            : [.. Lines(request, statement), .. Totals(statement), .. Breakdown(statement), .. Keys(statement)];
    }

    private static IEnumerable<string> Currencies(TaxRequest request, TaxStatement statement)
    {
        var currency = request.Lines[0].Amount.Currency;
        var all = statement.Lines.SelectMany(line => line.Taxes.SelectMany(tax => (Money[])[tax.Taxable, tax.Amount])
                .Concat([line.Net, line.Tax, line.Gross]))
            .Concat(statement.Breakdown.SelectMany(subtotal => (Money[])[subtotal.Taxable, subtotal.Amount]))
            .Concat([statement.Net, statement.Tax, statement.Gross]);
        return all.Any(money => money == default || !money.Currency.Equals(currency)) ? [$"Not every amount is in {currency}."] : [];
    }

    private static IEnumerable<string> LineIds(TaxRequest request, TaxStatement statement) =>
        request.Lines.Select(line => line.Id).SequenceEqual(statement.Lines.Select(line => line.LineId), StringComparer.Ordinal)
            ? []
            : ["The lines are not those of the request, in their order."];

    private static IEnumerable<string> Lines(TaxRequest request, TaxStatement statement)
    {
        foreach (var (asked, line) in request.Lines.Zip(statement.Lines))
        {
            var given = request.Settings.PricesIncludeTax ? line.Gross : line.Net;
            if (given != asked.Amount)
            {
                yield return $"Line {line.LineId} is about {given}, the request about {asked.Amount}.";
            }
            if (line.Net + line.Tax != line.Gross)
            {
                yield return $"Line {line.LineId}: {line.Net} and {line.Tax} are not {line.Gross}.";
            }
            if (Sum(line.Taxes.Select(tax => tax.Amount), line.Tax.Currency) != line.Tax)
            {
                yield return $"Line {line.LineId}: its taxes do not add up to {line.Tax}.";
            }
            if (Sum(line.Taxes.GroupBy(tax => tax.Supply).Select(part => part.First().Taxable), line.Net.Currency) != line.Net
                || line.Taxes.GroupBy(tax => tax.Supply).Any(part => part.Select(tax => tax.Taxable).Distinct().Count() > 1))
            {
                yield return $"Line {line.LineId}: its taxable amounts do not add up to {line.Net}.";
            }
        }
    }

    private static IEnumerable<string> Totals(TaxStatement statement)
    {
        var currency = statement.Net.Currency;
        if (Sum(statement.Lines.Select(line => line.Net), currency) != statement.Net
            || Sum(statement.Lines.Select(line => line.Tax), currency) != statement.Tax
            || statement.Net + statement.Tax != statement.Gross)
        {
            yield return "The totals are not the sums of the lines.";
        }
    }

    private static IEnumerable<string> Breakdown(TaxStatement statement)
    {
        var taxes = statement.Lines.SelectMany(line => line.Taxes).ToLookup(tax => tax.Key);
        if (statement.Breakdown.Select(subtotal => subtotal.Key).Distinct().Count() != statement.Breakdown.Count
            || !taxes.Select(group => group.Key).ToHashSet().SetEquals(statement.Breakdown.Select(subtotal => subtotal.Key)))
        {
            yield return "The breakdown does not have each tax of the lines once.";
        }
        foreach (var subtotal in statement.Breakdown)
        {
            var currency = subtotal.Amount.Currency;
            if (Sum(taxes[subtotal.Key].Select(tax => tax.Taxable), currency) != subtotal.Taxable
                || Sum(taxes[subtotal.Key].Select(tax => tax.Amount), currency) != subtotal.Amount)
            {
                yield return $"The subtotal of {subtotal.Key.Jurisdiction} {subtotal.Key.Tax} is not the sum of the lines.";
            }
        }
    }

    private static IEnumerable<string> Keys(TaxStatement statement)
    {
        foreach (var (key, _, amount, _) in statement.Breakdown)
        {
            if (key.Category == TaxCategory.Standard ? key.Rate is <= 0m or > 100m : key.Rate != 0m || amount.MinorUnits != 0)
            {
                yield return $"{key.Jurisdiction} {key.Tax}: category {key.Category.Code()} has no such rate or amount.";
            }
            if (key.Category is not (TaxCategory.Standard or TaxCategory.ZeroRated) && string.IsNullOrEmpty(key.ReasonKey))
            {
                yield return $"{key.Jurisdiction} {key.Tax}: category {key.Category.Code()} needs a reason.";
            }
        }
    }

    private static Money Sum(IEnumerable<Money> amounts, Currency currency) =>
        amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);
}
