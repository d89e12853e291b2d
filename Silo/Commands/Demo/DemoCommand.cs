using System.Text.Json;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Import;
using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>The command line of the demo, and how it shows what came out.</summary>
internal static class DemoCommand
{
    private const int InvoicesShown = 8;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, IAnsiConsole console, TimeProvider time, CancellationToken cancel)
    {
        var arguments = CommandArguments.Parse(args, ["url", "key", "data", "only", "prefix"], ["list"]);
        var samples = SampleDirectory.Find();
        var data = arguments.Value("data") ?? samples;
        if (!Directory.Exists(data))
        {
            throw new UsageException($"There is no directory {data}.");
        }

        var scenarios = Choose(Scenario.LoadAll(samples), arguments.Value("only"));
        if (arguments.Has("list"))
        {
            scenarios.ForEach(scenario =>
                console.WriteLine($"{scenario.Id,-14} {scenario.Title} ({scenario.Dataset})"));
            return 0;
        }

        var url = Connection.Url(arguments);
        if (!await IsReadyAsync(url, cancel))
        {
            console.WriteLine($"No server answers at {url}. Start one in another terminal, with the key of your choice:");
            console.WriteLine("  Gateway__BootstrapKey=demo-key-of-my-own dotnet run --project Silo");
            console.WriteLine("  dotnet run --project Silo -- demo --key demo-key-of-my-own");
            return 3;
        }

        var runner = new DemoRunner(url, Connection.Key(arguments), data, time)
        {
            Prefix = arguments.Value("prefix") ?? "demo",
            Show = (title, counters, work) => ShowAsync(console, title, counters, time, work),
        };
        return await RunAllAsync(runner, scenarios, url, console, cancel);
    }

    private static async Task<int> RunAllAsync(
        DemoRunner runner,
        List<Scenario> scenarios,
        Uri url,
        IAnsiConsole console,
        CancellationToken cancel)
    {
        var failures = 0;
        foreach (var scenario in scenarios)
        {
            if (runner.FilesOf(scenario).Count == 0)
            {
                console.WriteLine($"{scenario.Id}: {scenario.Dataset} is not in the data directory; left out.");
                continue;
            }

            console.Write(new Rule(Markup.Escape($"{scenario.Id}: {scenario.Title}")).LeftJustified());
            failures += await PlayAsync(runner, scenario, url, console, cancel);
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>A data set that cannot be played does not keep the others from it.</summary>
    private static async Task<int> PlayAsync(
        DemoRunner runner, Scenario scenario, Uri url, IAnsiConsole console, CancellationToken cancel)
    {
        try
        {
            return Report(await runner.RunAsync(scenario, cancel), url, console);
        }
        catch (Exception failure) when (failure is UsageException or ApiException)
        {
            console.MarkupLineInterpolated($"[red]{scenario.Id}: {failure.Message}[/]");
            return 1;
        }
    }

    private static int Report(DemoResult result, Uri url, IAnsiConsole console)
    {
        ImportSummary.Show(console, result.Counters, new ImportOptions { Files = result.Files, Map = new() });
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("invoice", "customer", "until").AddColumn(new TableColumn("total").RightAligned()).AddColumn(
                "page");
        foreach (var invoice in result.Invoices.Take(InvoicesShown))
        {
            var page = new Uri(url, $"v1/invoices/{Uri.EscapeDataString(Text(invoice, "id"))}/html");
            table.AddRow(
                Markup.Escape(Text(invoice, "id")), Markup.Escape(Customer(invoice)),
                    Markup.Escape(Text(invoice, "periodEnd")),
                Markup.Escape($"{Text(invoice, "total")} {Text(invoice, "currency")}"), Markup.Escape(page.ToString()));
        }

        console.Write(table);
        var more = result.Invoices.Count - InvoicesShown;
        console.WriteLine(
            $"{result.Invoices.Count} invoices of {result.Customers.Count} customers{(more > 0 ? $", {more} not shown" : "")}. "
            + $"Tenant {result.Tenant}; the pages ask for its key as password: {result.Key}");
        return AuditCommand.Show(result.Audit, console);
    }

    private static string Customer(JsonElement invoice)
    {
        var customer = invoice.GetProperty("customer");
        return customer.ValueKind == JsonValueKind.Object ? Text(customer, "id") : customer.ToString();
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static List<Scenario> Choose(IReadOnlyList<Scenario> all, string? only)
    {
        if (only is null)
        {
            return [.. all];
        }

        var names = only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => all.All(scenario => scenario.Id != name));
        return unknown is null
            ? [.. all.Where(scenario => names.Contains(scenario.Id))]
            : throw new UsageException($"There is no scenario {unknown}; demo --list shows them.");
    }

    private static async Task<bool> IsReadyAsync(Uri url, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception none) when (none is HttpRequestException or TaskCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static async Task ShowAsync(
        IAnsiConsole console, string title, ImportCounters? counters, TimeProvider time, Task work)
    {
        if (counters is not null)
        {
            await ImportProgress.ShowAsync(console, counters, title, time, work);
            return;
        }

        console.WriteLine(title);
        await work;
    }
}
