using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Documents.Ubl;

/// <summary>Writes elements of UBL. Empty values make no element.</summary>
/// <param name="xml">The file.</param>
/// <param name="currency">Of amounts.</param>
internal sealed class UblWriter(XmlWriter xml, Currency currency)
{
    private const string Basic = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private const string Aggregate = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";

    public void Root(string name, Action content)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement(name, $"urn:oasis:names:specification:ubl:schema:xsd:{name}-2");
        xml.WriteAttributeString("xmlns", "cac", null, Aggregate);
        xml.WriteAttributeString("xmlns", "cbc", null, Basic);
        content();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    public void Group(string name, Action content)
    {
        xml.WriteStartElement("cac", name, Aggregate);
        content();
        xml.WriteEndElement();
    }

    public void Text(string name, string? value, string? attribute = null, string? attributeValue = null)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        xml.WriteStartElement("cbc", name, Basic);
        if (!string.IsNullOrEmpty(attributeValue))
        {
            xml.WriteAttributeString(attribute!, Legal(attributeValue));
        }

        xml.WriteString(Legal(value));
        xml.WriteEndElement();
    }

    public void Date(string name, LocalDate? value) => Text(name, value is { } date ? LocalDatePattern.Iso.Format(date) : null);

    /// <summary>With the digits of the currency, two at most (BR-DEC).</summary>
    public void Amount(string name, decimal value, Currency? other = null)
    {
        var of = other ?? currency;
        var digits = Math.Min(of.MinorUnitDigits, 2);
        Text(name, value.ToString($"F{digits}", CultureInfo.InvariantCulture), "currencyID", of.Code);
    }

    /// <summary>Not rounded.</summary>
    public void Price(string name, decimal value) => Text(name, Plain(value), "currencyID", currency.Code);

    public void Quantity(string name, decimal value, string unitCode) => Text(name, Plain(value), "unitCode", unitCode);

    public void Number(string name, decimal? value) => Text(name, value is { } number ? Plain(number) : null);

    private static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Without the control characters that XML has no way to write.</summary>
    private static string Legal(string text)
    {
        var isLegal = true;
        for (var i = 0; i < text.Length && isLegal; i++)
        {
            isLegal = XmlConvert.IsXmlChar(text[i]);
        }

        return isLegal ? text : string.Concat(text.EnumerateRunes().Where(r => r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value)));
    }
}
