using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>The rows of the table of lines.</summary>
internal static class Lines
{
    public static IReadOnlyList<ContentRow> Of(BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        var rows = new List<ContentRow>();
        var lines = document.Lines;
        for (var start = 0; start < lines.Count;)
        {
            var end = start + 1;
            while (end < lines.Count && lines[end].Group == lines[start].Group)
            {
                end++;
            }

            AddGroup(rows, document, [.. lines.Take(start..end)], format, texts);
            start = end;
        }

        rows.AddRange(document.AllowancesAndCharges.Select(item => Adjustment(item, document, format)));
        return rows;
    }

    /// <summary>What an allowance or charge was taken of, e.g. <c>10 % × 1,200.00</c>; empty where it says nothing.</summary>
    public static string Basis(AllowanceOrCharge item, BillingDocument document, LocaleFormat format) =>
        item is { Percentage: { } percentage, BaseAmount: { } basis }
            ? $"{format.Percent(percentage)} × {format.Amount(basis, document.Currency)}"
            : item.Percentage is { } alone ? format.Percent(alone) : "";

    /// <summary>The rate as lines show it.</summary>
    public static string Rate(TaxClass tax, LocaleFormat format) =>
        tax.Category == TaxCategory.OutsideScope ? "–" : format.Percent(tax.Rate);

    private static void AddGroup(
        List<ContentRow> rows, BillingDocument document, List<DocumentLine> lines, LocaleFormat format, DocumentTexts texts)
    {
        var group = lines[0].Group;
        if (group is not null)
        {
            rows.Add(new(ContentRowKind.Group, group, [], "", "", "", "", 0m));
        }

        rows.AddRange(lines.Select(line => Line(line, document, format, texts)));
        if (group is not null && lines.Count > 1)
        {
            var sum = format.Amount(lines.Sum(line => line.NetAmount), document.Currency);
            rows.Add(new(ContentRowKind.Subtotal, texts.Format("group.subtotal", ("group", group)), [], "", "", "", sum, 0m));
        }
    }

    private static ContentRow Line(DocumentLine line, BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        var notes = new List<string>();
        if (!string.IsNullOrWhiteSpace(line.Description))
        {
            notes.Add(line.Description);
        }

        if (line.Period is { } period && period != document.Period)
        {
            notes.Add(format.Period(period));
        }

        notes.AddRange(line.Steps);
        notes.AddRange(line.AllowancesAndCharges.Select(item => Note(item, document, format)));
        return new(
            ContentRowKind.Line, line.Name, notes, format.Quantity(line.Quantity, line.UnitCode), Price(line, document, format, texts),
            Rate(line.Tax, format), format.Amount(line.NetAmount, document.Currency), line.NetAmount);
    }

    private static string Price(DocumentLine line, BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        if (line.UnitPrice is not { } price)
        {
            return "";
        }

        var number = format.Number(price, document.Currency.MinorUnitDigits);
        return line.PriceBaseQuantity == 1m
            ? number
            : $"{number} {texts.Format("price.per", ("quantity", format.Number(line.PriceBaseQuantity)))}";
    }

    private static string Note(AllowanceOrCharge item, BillingDocument document, LocaleFormat format)
    {
        var amount = format.Amount(item.IsCharge ? item.Amount : -item.Amount, document.Currency);
        var basis = Basis(item, document, format);
        return basis.Length == 0 ? $"{item.Reason}: {amount}" : $"{item.Reason} ({basis}): {amount}";
    }

    private static ContentRow Adjustment(AllowanceOrCharge item, BillingDocument document, LocaleFormat format)
    {
        var basis = Basis(item, document, format);
        var signed = item.IsCharge ? item.Amount : -item.Amount;
        return new(
            ContentRowKind.Adjustment, item.Reason, basis.Length == 0 ? [] : [basis], "", "",
            item.Tax is { } tax ? Rate(tax, format) : "", format.Amount(signed, document.Currency), signed);
    }
}
