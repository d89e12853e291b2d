namespace OrleansBilling.Gateway.Pages;

/// <summary>Style of the invoice, on screen and on A4 paper.</summary>
internal static class InvoiceStyle
{
    public const string Css = """
        :root { color-scheme: light; --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de; }
        * { box-sizing: border-box; }
        body { margin: 0; background: #eef1f4; color: var(--ink);
          font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
        main { background: #fff; max-width: 210mm; margin: 24px auto; padding: 18mm 16mm; box-shadow: 0 1px 4px #0002; }
        header { display: flex; justify-content: space-between; gap: 2rem; margin-bottom: 12mm; }
        h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
        address { font-style: normal; overflow-wrap: anywhere; }
        dl { display: grid; grid-template-columns: auto auto; gap: .15rem 1.2rem; margin: 0; align-content: start; }
        dt { color: var(--soft); }
        dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; }
        caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
        th { text-align: left; border-bottom: 2px solid var(--ink); padding: .4rem .6rem .4rem 0;
          vertical-align: bottom; }
        td { border-bottom: 1px solid var(--rule); padding: .55rem .6rem .55rem 0; vertical-align: top; }
        th:last-child, td:last-child { padding-right: 0; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .what { font-weight: 600; overflow-wrap: anywhere; }
        .when, .tag { color: var(--soft); font-size: .85rem; }
        tfoot th, tfoot td { border: 0; border-top: 2px solid var(--ink); font-size: 1.15rem; padding-top: .7rem;
          font-weight: 700; vertical-align: baseline; }
        details { margin-top: .3rem; font-size: .82rem; color: var(--soft); }
        summary { cursor: pointer; }
        .steps { width: 100%; margin: .25rem 0 0; }
        .steps td, .steps th { border: 0; padding: .1rem .6rem .1rem 0; font-weight: 400; color: var(--soft); }
        footer { margin-top: 10mm; color: var(--soft); font-size: .82rem; }
        @page { size: A4; margin: 16mm 14mm; }
        @media print {
          body { background: #fff; font-size: 10pt; }
          main { margin: 0; padding: 0; box-shadow: none; max-width: none; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          details::details-content { content-visibility: visible; display: block; }
        }
        @media (max-width: 640px) { main { margin: 0; padding: 6mm; } header { flex-direction: column; } }
        """;
}
