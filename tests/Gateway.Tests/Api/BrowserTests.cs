using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Pages in a real browser.</summary>
[Collection(HostCollection.Name)]
public sealed class BrowserTests(HostFixture host)
{
    [Fact]
    public async Task The_explanation_shows_every_line_with_its_steps_and_loads_nothing_else()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "100.5");
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var id = (await caller.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/id");
        await using var browser = await Browser.OpenAsync(caller.Key);
        var page = await browser.GoAsync(new Uri(host.Silo.HttpUrl, $"/v1/invoices/{id}/explanation"));

        Assert.Equal($"Invoice {id}", await page.TitleAsync());
        Assert.Equal("Ada <Lovelace>", await page.Locator("address strong").InnerTextAsync());
        Assert.Equal(2, await page.Locator("main > table > tbody > tr").CountAsync());
        Assert.Equal("40.66 EUR", await page.Locator("tfoot td").InnerTextAsync());
        Assert.Contains(
            "2012-06-01 to 2012-06-30", await page.Locator("tbody").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator("details[open] .steps tr").CountAsync() >= 2);
        Assert.Equal([page.Url], browser.Requested);
        Assert.Empty(browser.Errors);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True((await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true })).Length > 1000);
    }

    [Fact]
    public async Task The_document_is_accessible_in_the_language_asked_for_and_loads_nothing_else()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "100.5");
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var id = (await caller.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/id");
        await using var browser = await Browser.OpenAsync(caller.Key);
        var page = await browser.GoAsync(new Uri(host.Silo.HttpUrl, $"/v1/invoices/{id}/html?language=de"));

        Assert.Equal($"Rechnung {id}", await page.TitleAsync());
        Assert.Equal("de", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(2, await page.Locator("table.lines tbody tr").CountAsync());
        Assert.Contains("40,66", await page.Locator(".totals .due td").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Ada <Lovelace>", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal([page.Url], browser.Requested);
        Assert.Empty(browser.Errors);
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("; ", found.Violations.Select(v => $"{v.Id} {v.Help}")));
    }

    [Fact]
    public async Task A_browser_gets_the_invoice_as_a_page_at_the_address_of_the_invoice()
    {
        using var caller = await host.NewHomeAsync();
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var id = (await caller.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/id");
        await using var browser = await Browser.OpenAsync(caller.Key);
        var page = await browser.GoAsync(new Uri(host.Silo.HttpUrl, $"/v1/invoices/{id}"));
        Assert.Equal($"Invoice {id}", await page.TitleAsync());
    }

    [Fact]
    public async Task The_reference_page_shows_the_operations_without_the_network()
    {
        await using var browser = await Browser.OpenAsync(SiloProcess.OperatorKey);
        var page = await browser.GoAsync(new Uri(host.Silo.HttpUrl, "/docs"));
        await page.GetByText("Create a tenant").First.WaitForAsync(new() { Timeout = 60_000 });
        Assert.All(browser.Requested, url => Assert.True(
            url.StartsWith(host.Silo.HttpUrl.ToString(), StringComparison.Ordinal)
            || url.StartsWith("data:", StringComparison.Ordinal)
            || url.StartsWith("blob:", StringComparison.Ordinal), url));
    }

    private sealed class Browser : IAsyncDisposable
    {
        private readonly IPlaywright _playwright;
        private readonly IBrowser _browser;
        private readonly IPage _page;

        private Browser(IPlaywright playwright, IBrowser browser, IPage page) =>
            (_playwright, _browser, _page) = (playwright, browser, page);

        public List<string> Requested { get; } = [];

        public List<string> Errors { get; } = [];

        public static async Task<Browser> OpenAsync(string key)
        {
            var playwright = await Playwright.CreateAsync();
            var chromium = await playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
            var context = await chromium.NewContextAsync(
                new() { HttpCredentials = new() { Username = "anybody", Password = key } });
            var opened = new Browser(playwright, chromium, await context.NewPageAsync());
            opened._page.Request += (_, request) => opened.Requested.Add(request.Url);
            opened._page.PageError += (_, error) => opened.Errors.Add(error);
            opened._page.Console += (_, message) =>
            {
                if (message.Type == "error")
                {
                    opened.Errors.Add(message.Text);
                }
            };
            return opened;
        }

        public async Task<IPage> GoAsync(Uri url)
        {
            await _page.GotoAsync(url.ToString());
            return _page;
        }

        public async ValueTask DisposeAsync()
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
        }
    }
}
