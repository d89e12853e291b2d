using OrleansBilling.Documents.Images;
using static OrleansBilling.Documents.Pdf.PdfFile;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Embeds a picture (ISO 32000-1, 8.9).</summary>
internal static class PdfImages
{
    /// <summary>Adds it and returns its number.</summary>
    public static int Add(PdfFile file, Logo logo)
    {
        var size = $"/Type /XObject /Subtype /Image /Width {Number(logo.Width)} /Height {Number(logo.Height)} /BitsPerComponent 8";
        if (logo.Pixels is not { } pixels)
        {
            var space = logo.Components == 1 ? "DeviceGray" : "DeviceRGB";
            return file.AddRawStream($"{size} /ColorSpace /{space} /Filter /DCTDecode", logo.File.Span);
        }

        var mask = pixels.Alpha is { } alpha ? $" /SMask {file.AddStream($"{size} /ColorSpace /DeviceGray", alpha)} 0 R" : "";
        return file.AddStream($"{size} /ColorSpace /DeviceRGB{mask}", pixels.Rgb);
    }
}
