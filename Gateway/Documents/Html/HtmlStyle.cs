using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Pdf;

namespace OrleansBilling.Documents.Html;

/// <summary>The style of a page.</summary>
internal static class HtmlStyle
{
    /// <summary>The accent is the only thing in it that a tenant chooses, and it has been read as a colour.</summary>
    public static string Of(PageContent content, Branding branding, PageFormat format)
    {
        var accent = new PdfStyles(branding).Accent;
        var isRightToLeft = content.Format.IsRightToLeft;
        return $$"""
            @page { size: {{(format == PageFormat.Letter ? "letter" : "A4")}}; margin: 14mm 15mm 18mm;
              @bottom-{{(isRightToLeft ? "left" : "right")}} { content: {{PageNumber(content)}}; font: 8pt {{Fonts(content)}}; color: {{PdfStyles.Muted}}; } }
            * { box-sizing: border-box; }
            body { margin: 0; font: 0.9375rem/1.45 {{Fonts(content)}}; color: {{PdfStyles.Ink}}; background: #fff; }
            main, footer { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 1rem; }
            header { display: flex; justify-content: space-between; align-items: center; gap: 2rem; }
            header img { max-height: 3.5rem; max-width: 50%; }
            .brand { font-size: 1.25rem; font-weight: 700; margin: 0; }
            h1 { color: {{accent}}; font-size: 2rem; margin: 0; }
            h2 { font-size: 1.0625rem; margin: 1.5rem 0 0.25rem; }
            p { margin: 0.25rem 0; }
            .note { white-space: pre-line; }
            .parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1.5rem; margin: 1.5rem 0; }
            @media (min-width: 48rem) { .parties { grid-template-columns: 1fr 1fr 1.45fr; } .parties dt { flex-basis: 8rem; } }
            .parties h2 { font-size: 0.8125rem; color: {{PdfStyles.Muted}}; margin: 0; }
            address { font-style: normal; margin-bottom: 0.25rem; }
            .small { font-size: 0.8125rem; color: {{PdfStyles.Muted}}; }
            span.small { display: block; font-weight: 400; }
            dl { margin: 0; }
            dl div { display: flex; gap: 1rem; }
            dt { flex: 0 0 9.5rem; color: {{PdfStyles.Muted}}; font-size: 0.875rem; }
            dd { margin: 0; overflow-wrap: anywhere; }
            .headline { display: flex; justify-content: space-between; align-items: center; gap: 1rem; flex-wrap: wrap;
              background: {{accent.Tint(8)}}; border-inline-start: 4px solid {{accent}}; padding: 0.75rem 1rem; margin: 1.25rem 0; }
            .headline b { font-size: 1.75rem; color: {{accent}}; }
            table { border-collapse: collapse; width: 100%; }
            caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.5rem; border-bottom: 1px solid {{PdfStyles.Hairline}}; font-weight: 400; overflow-wrap: break-word; }
            th:first-child { padding-inline-start: 0; }
            td:last-child, thead th:last-child { padding-inline-end: 0; }
            thead th { font-size: 0.8125rem; font-weight: 700; color: {{PdfStyles.Muted}}; border-bottom: 2px solid {{accent}}; vertical-align: bottom; }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            thead .number { white-space: normal; }
            .group th { font-weight: 700; background: {{accent.Tint(5)}}; padding-inline-start: 0.5rem; }
            .subtotal th { font-weight: 700; text-align: end; }
            .subtotal td { font-weight: 700; }
            .sums { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; margin: 1.25rem 0; align-items: start; break-inside: avoid; }
            .taxes thead th { border-bottom-width: 1px; }
            .strong th, .strong td { font-weight: 700; }
            .totals th, .totals td, .totals td:last-child, .totals th:first-child { padding-inline: 0.75rem; }
            .due th, .due td { font-weight: 700; font-size: 1.1875rem; color: {{accent}}; background: {{accent.Tint(8)}}; border-top: 2px solid {{accent}}; }
            .payment { break-inside: avoid; }
            footer { border-top: 1px solid {{PdfStyles.Hairline}}; font-size: 0.8125rem; color: {{PdfStyles.Muted}}; padding-top: 0.75rem; white-space: pre-line; }
            @media (max-width: 40rem) { .sums { grid-template-columns: minmax(0, 1fr); } .lines { font-size: 0.875rem; } th, td { padding: 0.35rem 0.25rem; overflow-wrap: anywhere; } .number { white-space: normal; } }
            @media print { body { font-size: 9.5pt; } main, footer { max-width: none; padding: 0; } .parties { grid-template-columns: 1fr 1fr 1.3fr; }
              thead { display: table-header-group; } tr { break-inside: avoid; } .group { break-after: avoid; } .headline, .due td, .due th, .group th { print-color-adjust: exact; } }

            """;
    }

    private static string Fonts(PageContent content) => content.Format.Tag.Language switch
    {
        "ja" => "\"Noto Sans\", \"Noto Sans JP\", \"Noto Sans CJK JP\", \"Hiragino Sans\", \"Yu Gothic\", sans-serif",
        "zh" => "\"Noto Sans\", \"Noto Sans SC\", \"Noto Sans CJK SC\", \"PingFang SC\", \"Microsoft YaHei\", sans-serif",
        "ar" => "\"Noto Sans Arabic\", \"Noto Sans\", \"Segoe UI\", Tahoma, sans-serif",
        _ => "\"Noto Sans\", system-ui, \"Segoe UI\", Roboto, \"Helvetica Neue\", sans-serif",
    };

    /// <summary>The wording of the page's place as CSS: texts and counters.</summary>
    private static string PageNumber(PageContent content)
    {
        var style = content.Format.Digits("1") == "1" ? "decimal" : "arabic-indic";
        return string.Join(' ', Parts(content.Texts["page.number"]).Select(part => part switch
        {
            "{page}" => $"counter(page, {style})",
            "{pages}" => $"counter(pages, {style})",
            _ => CssText(part),
        }));
    }

    private static string[] Parts(string text) => text
        .Replace("{page}", "\0{page}\0", StringComparison.Ordinal)
        .Replace("{pages}", "\0{pages}\0", StringComparison.Ordinal)
        .Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A CSS string. A tenant may have worded it: all but letters, digits and spaces are written as code points.</summary>
    private static string CssText(string text) => '"' + string.Concat(text.EnumerateRunes().Select(rune =>
        System.Text.Rune.IsLetterOrDigit(rune) || rune.Value == ' ' ? rune.ToString() : $"\\{rune.Value:x} ")) + '"';
}
