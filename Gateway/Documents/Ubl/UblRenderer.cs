using System.Text;
using System.Xml;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Rules;

namespace OrleansBilling.Documents.Ubl;

/// <summary>Writes a document as e-invoice: UBL 2.1 Invoice or CreditNote by EN 16931 (syntax binding CEN/TS 16931-3-2).</summary>
public static class UblRenderer
{
    /// <summary>The XML file, UTF-8 without byte order mark, the same bytes for the same document.</summary>
    /// <param name="document">Must be free of findings of <see cref="DocumentValidator.Validate"/>.</param>
    /// <param name="profile">EN 16931 itself when null.</param>
    /// <exception cref="InvalidDocumentException">It breaks business rules.</exception>
    public static byte[] Render(BillingDocument document, UblProfile? profile = null)
    {
        var findings = DocumentValidator.Validate(document);
        if (findings.Count > 0)
        {
            throw new InvalidDocumentException(document.Number, findings);
        }

        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            var texts = new DocumentTexts(LocaleTag.Parse(document.Locale), document.Branding.Texts);
            new UblDocument(document, profile ?? UblProfile.En16931, texts, new(xml, document.Currency)).Write();
        }

        return stream.ToArray();
    }
}
