using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace OrleansBilling.Silo.Commands;

/// <summary>Asks the server to recompute bills from its raw log, and shows where they disagree.</summary>
internal static class AuditCommand
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, IAnsiConsole console, TimeProvider time, CancellationToken cancel)
    {
        var arguments = CommandArguments.Parse(args, ["url", "key", "customer"], []);
        using var client = Connection.Open(arguments, time);
        var body = new JsonObject();
        if (arguments.Value("customer") is { } customer)
        {
            body["customer"] = customer;
        }

        var report = await client.PostAsync("v1/audit", body, cancel);
        return Show(report, console);
    }

    /// <returns>0 when everything agrees, else 1.</returns>
    public static int Show(JsonElement report, IAnsiConsole console)
    {
        var agrees = report.GetProperty("agrees").GetBoolean();
        console.MarkupLine(agrees ? "[green]audit: every figure agrees[/]" : "[red]audit: figures disagree[/]");
        foreach (var property in report.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
            {
                console.WriteLine($"  {property.Name}: {property.Value}");
            }
        }

        ShowFindings(report, console);
        return agrees ? 0 : 1;
    }

    private static void ShowFindings(JsonElement report, IAnsiConsole console)
    {
        if (!report.TryGetProperty("findings", out var findings) || findings.GetArrayLength() == 0)
        {
            return;
        }

        var table = new Table().AddColumns("code", "where", "expected", "actual");
        foreach (var finding in findings.EnumerateArray())
        {
            table.AddRow(Cell(finding, "code"), Cell(finding, "where"), Cell(finding, "expected"),
                Cell(finding, "actual"));
        }

        console.Write(table);
    }

    private static string Cell(JsonElement finding, string name) =>
        Markup.Escape(finding.TryGetProperty(name, out var value) ? value.ToString() : "");
}
