using System.Text;
using Microsoft.Playwright;
using OrleansBilling.Documents.Html;
using OrleansBilling.Documents.Pdf;
using Xunit;

namespace OrleansBilling.Documents.Tests;

/// <summary>Makes the pictures of docs/documents.md, in the folder that <c>DOCUMENT_IMAGES</c> names.</summary>
public sealed class ImagesOfDocs
{
    [Fact]
    public async Task Every_picture_that_the_docs_show_is_made()
    {
        var named = Environment.GetEnvironmentVariable("DOCUMENT_IMAGES");
        var folder = named ?? Directory.CreateTempSubdirectory("document-images").FullName;
        foreach (var language in new[] { "de", "ar", "ja", "en" })
        {
            Draw(PdfRenderer.Render(Samples.Of(language)), 1, Path.Combine(folder, $"invoice-{language}.png"));
        }

        foreach (var language in new[] { "de", "ar" })
        {
            Draw(PdfRenderer.Render(Samples.Long(language, 120)), 2, Path.Combine(folder, $"invoice-{language}-page-2.png"));
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 860, Height = 1000 } });
        await page.SetContentAsync(Encoding.UTF8.GetString(HtmlRenderer.Render(Samples.Of("fr"))));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "page-fr.png") });
        Assert.True(Directory.GetFiles(folder, "*.png").Length >= 7);
        if (named is null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Draw(byte[] file, int page, string target) => Poppler.Image(file, page, target, resolution: 84);
}
