using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace OrleansBilling.Documents.Tests;

/// <summary>Reads PDF files with poppler-utils, a program that knows nothing of the writer.</summary>
internal static class Poppler
{
    public static string Text(byte[] file) => Run("pdftotext", file, "-layout", "{file}", "-");

    public static string Fonts(byte[] file) => Run("pdffonts", file, "{file}");

    public static string Info(byte[] file, params string[] options) => Run("pdfinfo", file, [.. options, "{file}"]);

    /// <summary>Every word with its box, by page.</summary>
    public static List<Word> Words(byte[] file)
    {
        var html = XDocument.Parse(Run("pdftotext", file, "-bbox", "{file}", "-"));
        float Of(XElement element, string name) => float.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return [.. html.Descendants().Where(e => e.Name.LocalName == "page").SelectMany((page, number) => page.Elements().Select(word => new Word(
            number, word.Value, Of(word, "xMin"), Of(word, "yMin"), Of(word, "xMax"), Of(word, "yMax"))))];
    }

    /// <summary>One page as a PNG file.</summary>
    public static void Image(byte[] file, int page, string target, int resolution) => Run(
        "pdftoppm", file, "-r", $"{resolution}", "-png", "-singlefile", "-f", $"{page}", "{file}", Path.ChangeExtension(target, null));

    private static string Run(string program, byte[] file, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pdf");
        File.WriteAllBytes(path, file);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments.Select(a => a == "{file}" ? path : a))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 && errors.Result.Length == 0
                ? output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    public sealed record Word(int Page, string Text, float Left, float Top, float Right, float Bottom);
}
