using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of matrices: every key is declared, every row has a price, and no event fits two rows equally
/// well.</summary>
internal static class MatrixValidator
{
    internal static void Validate(PriceDefinition price, string at, List<ValidationError> errors)
    {
        PriceValidator.Parameter(price.Matrix, price.Model == PriceModel.Matrix, at + "/matrix", errors);
        if (price is not { Model: PriceModel.Matrix, Matrix: { } matrix })
        {
            return;
        }

        at += "/matrix";
        CheckDimensions(matrix, at, errors);
        CheckRows(matrix, at, errors);
        CheckOtherwise(matrix, at, errors);
        if (matrix.Rows.Count <= PlanLimits.MaxMatrixRows)
        {
            CheckAmbiguity(matrix, at, errors);
        }
    }

    private static void CheckDimensions(MatrixDefinition matrix, string at, List<ValidationError> errors)
    {
        Check.Forbid(matrix.Dimensions.Count is 0 or > PlanLimits.MaxMatrixDimensions, at + "/dimensions",
            "plan.matrix_dimensions", $"Name 1 to {PlanLimits.MaxMatrixDimensions} dimensions.", errors);
        for (var i = 0; i < matrix.Dimensions.Count; i++)
        {
            Check.Forbid(!Check.Text(matrix.Dimensions[i]), $"{at}/dimensions/{i}", "plan.text_invalid",
                $"Give 1 to {PlanLimits.MaxTextLength} characters.", errors);
            Check.Forbid(matrix.Dimensions.Take(i).Contains(matrix.Dimensions[i]), $"{at}/dimensions/{i}",
                "plan.matrix_dimensions", "The dimension is named twice; name it once.", errors);
        }
    }

    private static void CheckRows(MatrixDefinition matrix, string at, List<ValidationError> errors)
    {
        Check.Forbid(matrix.Rows.Count is 0 or > PlanLimits.MaxMatrixRows, at + "/rows", "plan.matrix_rows",
            $"Give 1 to {PlanLimits.MaxMatrixRows} rows.", errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < matrix.Rows.Count && errors.Count < PlanValidator.MaxErrors; i++)
        {
            var row = matrix.Rows[i];
            var pointer = $"{at}/rows/{i}";
            Check.Forbid(!Names.IsName(row.Name), pointer + "/name", "plan.name_invalid",
                "Give a name of 1 to 200 characters.", errors);
            Check.Forbid(!names.Add(row.Name), pointer + "/name", "plan.matrix_row_name_duplicate",
                "Another row has this name; give each its own.", errors);
            CheckKeys(matrix, row, pointer, errors);
            CheckPrice(row.Price, matrix.Counters, pointer, errors);
        }
    }

    private static void CheckKeys(MatrixDefinition matrix, MatrixRow row, string at, List<ValidationError> errors)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in row.Keys)
        {
            var pointer = $"{at}/keys/{JsonPointer.Escape(key.Dimension)}";
            Check.Forbid(!matrix.Dimensions.Contains(key.Dimension), pointer, "plan.matrix_key_unknown",
                "The matrix declares no such dimension; add it to 'dimensions'.", errors);
            Check.Forbid(!known.Add(key.Dimension), pointer, "plan.where_duplicate",
                "The dimension is given twice; list all its values once.", errors);
            Check.Forbid(key.Values.Count is 0 or > PlanLimits.MaxWhereValues, pointer, "plan.where_values",
                $"List 1 to {PlanLimits.MaxWhereValues} values.", errors);
            Check.Forbid(key.Values.Contains(MatrixDefinition.Wildcard), pointer, "plan.matrix_wildcard_in_list",
                "\"*\" is any value, so that the others make no difference; give \"*\" alone, or leave it out.", errors);
            Check.Forbid(key.Values.Any(v => v.Length > PlanLimits.MaxTextLength), pointer, "plan.text_invalid",
                $"Values have at most {PlanLimits.MaxTextLength} characters.", errors);
        }
    }

    private static void CheckOtherwise(MatrixDefinition matrix, string at, List<ValidationError> errors)
    {
        if (matrix.Otherwise is not { } otherwise)
        {
            return;
        }

        at += "/otherwise";
        Check.Forbid(!Names.IsName(otherwise.Name), at + "/name", "plan.name_invalid",
            "Give a name of 1 to 200 characters.", errors);
        Check.Forbid(matrix.Rows.Any(row => row.Name == otherwise.Name), at + "/name", "plan.matrix_row_name_duplicate",
            "Another row has this name; give each its own.", errors);
        CheckPrice(otherwise.Price, matrix.Counters, at, errors);
        var any = matrix.Rows.Select((row, i) => (row, i)).FirstOrDefault(r => r.row.Keys.Count == 0);
        Check.Forbid(any.row is not null, at, "plan.matrix_ambiguous",
            $"Row {any.i} '{any.row?.Name}' fits every event too; keep one of the two.", errors);
    }

    private static void CheckPrice(PriceDefinition price, MatrixCounters counters, string at, List<ValidationError> errors)
    {
        if (price.Model == PriceModel.Matrix)
        {
            errors.Add(new(at + "/matrix", "plan.matrix_nested",
                "A row may not be a matrix again; give the outer one more dimensions."));
            return;
        }

        PriceValidator.Validate(price, at, errors);
        Check.Forbid(price.FirstFlatAtZero, at + "/firstFlatAtZero", "plan.matrix_first_flat",
            "A row without usage is not on the bill; give the fee as a charge of its own.", errors);
        if (counters == MatrixCounters.Shared)
        {
            CheckShared(price, at, errors);
        }
    }

    private static void CheckShared(PriceDefinition price, string at, List<ValidationError> errors)
    {
        Check.Forbid(
            price.Model is not (PriceModel.PerUnit or PriceModel.Graduated or PriceModel.GraduatedPercentage
                or PriceModel.Volume),
            at + "/model", "plan.counters_not_shared",
            "Rows that share counters are perUnit, graduated, graduatedPercentage or volume; or set 'counters' to 'perRow'.",
            errors);
        Check.Forbid(price.Model == PriceModel.Volume && price.Tiers?.Any(tier => tier.FlatFee is not null) == true,
            at + "/tiers", "plan.counters_not_shared",
            "A volume tier's flat fee is for the whole, and rows that share counters are parts of it: leave 'flatFee' out.",
            errors);
    }

    /// <summary>Rows that give the same dimensions are equally specific; they must not hold for one event.</summary>
    private static void CheckAmbiguity(MatrixDefinition matrix, string at, List<ValidationError> errors)
    {
        var rows = matrix.Rows.Select((row, i) => (Row: row, Index: i)).GroupBy(r => Given(matrix, r.Row));
        foreach (var group in rows.Select(g => g.ToArray()))
        {
            for (var i = 0; i < group.Length && errors.Count < PlanValidator.MaxErrors; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Check.Forbid(Overlap(group[i].Row, group[j].Row), $"{at}/rows/{group[i].Index}/keys",
                        "plan.matrix_ambiguous",
                        $"Row {group[j].Index} '{group[j].Row.Name}' and row {group[i].Index} '{group[i].Row.Name}' fit the "
                            + "same events equally well; give one of them another value or a further dimension.", errors);
                }
            }
        }
    }

    private static string Given(MatrixDefinition matrix, MatrixRow row) =>
        string.Concat(matrix.Dimensions.Select(d => row.Keys.Any(key => key.Dimension == d) ? '1' : '0'));

    private static bool Overlap(MatrixRow one, MatrixRow other) => one.Keys.All(key =>
        other.Keys.FirstOrDefault(k => k.Dimension == key.Dimension) is { } same && key.Values.Any(same.Values.Contains));
}
