using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OrleansBilling.Documents.Html;
using Xunit;

namespace OrleansBilling.Documents.Tests;

/// <summary>Pages in a real browser.</summary>
public sealed class HtmlTests
{
    [Fact]
    public async Task Pages_of_all_languages_are_accessible_fit_a_phone_and_load_nothing()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        var requested = new List<string>();
        page.Request += (_, request) => requested.Add(request.Url);
        foreach (var language in Samples.Languages)
        {
            var document = Samples.Of(language) with { Branding = new() { Logo = Pngs.Make(90, 30, 6), AccentColor = "#f59e0b" } };
            await page.SetViewportSizeAsync(1200, 900);
            await page.SetContentAsync(Encoding.UTF8.GetString(HtmlRenderer.Render(document)));
            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, $"{language}: {string.Join("; ", result.Violations.Select(v => $"{v.Id} {v.Help} {v.Nodes[0].Html}"))}");
            Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
            await page.SetViewportSizeAsync(360, 800);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), $"{language} is wider than a phone");
            Assert.NotEmpty(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        }

        Assert.DoesNotContain(requested, url => url.StartsWith("http", StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_of_others_are_never_markup()
    {
        var evil = "</style><script>alert(1)</script>\"'&";
        var document = Samples.Of("en");
        var html = Encoding.UTF8.GetString(HtmlRenderer.Render(document with
        {
            Number = evil,
            Seller = document.Seller with { Name = evil, LegalInformation = evil },
            Lines = [document.Lines[0] with { Name = evil, Group = evil, Description = evil }],
            Notes = [new(evil)],
            Branding = new()
            {
                AccentColor = evil, LogoText = evil, Texts = new Dictionary<string, string> { ["page.number"] = evil, ["title.invoice"] = evil },
            },
        }));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, html.Split("</style").Length);
    }
}
