using OrleansBilling.Documents.Pdf;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class PdfFiles
{
    [Fact]
    public void Write()
    {
        var folder = Environment.GetEnvironmentVariable("DOCUMENT_SAMPLES") ?? Path.Combine(Path.GetTempPath(), "document-samples");
        Directory.CreateDirectory(folder);
        foreach (var language in Samples.Languages)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{language}.pdf"), PdfRenderer.Render(Samples.Of(language)));
        }
        File.WriteAllBytes(Path.Combine(folder, "de-long.pdf"), PdfRenderer.Render(Samples.Long("de", 120), PageFormat.Letter));
        File.WriteAllBytes(Path.Combine(folder, "ar-long.pdf"), PdfRenderer.Render(Samples.Long("ar", 120)));
    }
}
