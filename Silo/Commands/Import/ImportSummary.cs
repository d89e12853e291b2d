using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>What became of every row and every event.</summary>
internal static class ImportSummary
{
    private static readonly string[] Statuses =
        ["accepted", "duplicate", "late", "quarantined", "conflict", "rejected"];

    /// <summary>Writes it.</summary>
    /// <returns>0 when every row was used, billed or meant to be left out; 1 when some need attention.</returns>
    public static int Show(IAnsiConsole console, ImportCounters counters, ImportOptions options)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(
            new TableColumn("count").RightAligned());
        Add(table, "rows read", counters.Rows);
        Add(table, "  used", counters.RowsEmitted);
        AddAll(table, "  skipped", counters.RowsSkipped, counters.Skipped);
        AddAll(table, "  rejected by the map", counters.RowsRejected, counters.Rejected);
        Add(table, "events", counters.Events);
        if (counters.Resumed > 0)
        {
            Add(table, "  acknowledged in an earlier run", counters.Resumed);
        }

        foreach (var status in Statuses.Where(status => counters.Of(status) > 0))
        {
            Add(table, $"  {status}", counters.Of(status));
        }

        foreach (var (reason, count) in counters.Refusals.OrderByDescending(pair => pair.Value))
        {
            Add(table, $"      {reason}", count);
        }

        console.Write(table);
        if (!options.DryRun)
        {
            var rate = counters.Acknowledged / Math.Max(0.001, counters.Took.TotalSeconds);
            console.WriteLine(
                $"{counters.Took.TotalSeconds:N1} s, {rate:N0} events/s, {counters.Retries} requests repeated, "
                + $"{counters.ClockMoves} moves of the clock");
        }

        return Verdict(console, counters, options);
    }

    private static int Verdict(IAnsiConsole console, ImportCounters counters, ImportOptions options)
    {
        if (!options.DryRun && !counters.Closes)
        {
            console.MarkupLine("[red]The accounts do not close; this is a mistake of the importer.[/]");
            return 1;
        }

        var unused = counters.RowsRejected + counters.Of("conflict") + counters.Of("rejected") + counters.Of(
            "quarantined");
        if (unused == 0)
        {
            return 0;
        }

        var where = options.Rejects is null ? "" : $"; see {options.Rejects}";
        console.MarkupLineInterpolated($"[yellow]{unused:N0} rows or events are not billed{where}[/]");
        return 1;
    }

    private static void AddAll(Table table, string title, long count, IReadOnlyDictionary<string, long> reasons)
    {
        if (count == 0)
        {
            return;
        }

        Add(table, title, count);
        foreach (var (reason, times) in reasons.OrderByDescending(pair => pair.Value))
        {
            Add(table, $"      {reason}", times);
        }
    }

    private static void Add(Table table, string title, long count) =>
        table.AddRow(Markup.Escape(title), count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
}
