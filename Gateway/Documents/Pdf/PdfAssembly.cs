using System.Globalization;
using System.Security;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Documents.Images;
using OrleansBilling.Documents.Typesetting;
using static OrleansBilling.Documents.Pdf.PdfFile;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Makes a file of drawn pages: fonts, structure, language, title.</summary>
internal sealed class PdfAssembly(IReadOnlyList<PdfPage> pages, PdfElement structure, FontSet fonts, Logo? logo)
{
    private readonly PdfFile _file = new();
    private readonly List<int> _pageNumbers = [];

    /// <summary>The bytes.</summary>
    /// <param name="width">Of a page, in points.</param>
    /// <param name="height">Of a page, in points.</param>
    /// <param name="title">For the window and for search.</param>
    /// <param name="author">The seller.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="date">Stands for the time of making, so that the same document gives the same bytes.</param>
    public byte[] Save(float width, float height, string title, string author, string language, LocalDate date)
    {
        var catalogue = _file.Reserve();
        var tree = _file.Reserve();
        var resources = _file.Add(Resources());
        foreach (var page in pages)
        {
            _pageNumbers.Add(_file.Reserve());
        }

        for (var i = 0; i < pages.Count; i++)
        {
            var content = _file.AddStream("", Encoding.Latin1.GetBytes(pages[i].Content));
            _file.Set(_pageNumbers[i],
                $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Number(width)} {Number(height)}] /Resources {resources} 0 R "
                + $"/Contents {content} 0 R /StructParents {i} /Tabs /S >>");
        }

        _file.Set(tree, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', _pageNumbers.Select(n => $"{n} 0 R"))}] >>");
        var metadata = _file.AddRawStream("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Metadata(title, author, language, date)));
        _file.Set(catalogue,
            $"<< /Type /Catalog /Pages {tree} 0 R /Lang {Text(language)} /MarkInfo << /Marked true >> /StructTreeRoot {StructureTree()} 0 R "
            + $"/ViewerPreferences << /DisplayDocTitle true /Direction /{(language.StartsWith("ar", StringComparison.Ordinal) ? "R2L" : "L2R")} >> "
            + $"/Metadata {metadata} 0 R >>");
        var stamp = date.ToString("uuuuMMdd", CultureInfo.InvariantCulture);
        var info = _file.Add(
            $"<< /Title {Text(title)} /Author {Text(author)} /Producer {Text("OrleansBilling")} "
            + $"/CreationDate (D:{stamp}000000Z) /ModDate (D:{stamp}000000Z) >>");
        return _file.Save(catalogue, info);
    }

    private string Resources()
    {
        var text = new StringBuilder("<< /Font << ");
        foreach (var font in fonts.Used)
        {
            text.Append(CultureInfo.InvariantCulture, $"/{font.File.Name} {PdfFontObjects.Add(_file, font)} 0 R ");
        }

        text.Append(">> ");
        if (logo is not null && pages.Any(page => page.HasImage))
        {
            text.Append(CultureInfo.InvariantCulture, $"/XObject << /Logo {PdfImages.Add(_file, logo)} 0 R >> ");
        }

        return text.Append(">>").ToString();
    }

    private int StructureTree()
    {
        var root = _file.Reserve();
        var numbers = new Dictionary<PdfElement, int>();
        var document = AddElement(structure, root, numbers);
        var parents = string.Join(' ', pages.Select((page, i) =>
            $"{i} [{string.Join(' ', page.Owners.Select(owner => $"{numbers[owner]} 0 R"))}]"));
        var parentTree = _file.Add($"<< /Nums [{parents}] >>");
        _file.Set(root, $"<< /Type /StructTreeRoot /K {document} 0 R /ParentTree {parentTree} 0 R /ParentTreeNextKey {pages.Count} >>");
        return root;
    }

    private int AddElement(PdfElement element, int parent, Dictionary<PdfElement, int> numbers)
    {
        var number = numbers[element] = _file.Reserve();
        var kids = element.Kids.Select(kid => kid switch
        {
            PdfContentMark mark => $"<< /Type /MCR /Pg {_pageNumbers[mark.Page]} 0 R /MCID {mark.Id} >>",
            PdfElement child => $"{AddElement(child, number, numbers)} 0 R",
            _ => throw new InvalidOperationException($"{kid.GetType()} is no kid of a structure element."),
        }).ToList();
        var attributes = element.Type == "TH" ? "/A << /O /Table /Scope /Column >> " : "";
        var alternative = element.AlternativeText is { } text ? $"/Alt {Text(text)} " : "";
        _file.Set(number, $"<< /Type /StructElem /S /{element.Type} /P {parent} 0 R {attributes}{alternative}/K [{string.Join(' ', kids)}] >>");
        return number;
    }

    /// <summary>XMP (ISO 16684-1).</summary>
    private static string Metadata(string title, string author, string language, LocalDate date)
    {
        var day = LocalDatePattern.Iso.Format(date);
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(title)}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{SecurityElement.Escape(author)}</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>{SecurityElement.Escape(language)}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """;
    }
}
