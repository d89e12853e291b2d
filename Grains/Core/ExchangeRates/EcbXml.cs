using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Reads <c>eurofxref-daily.xml</c>, <c>eurofxref-hist-90d.xml</c> and <c>eurofxref-hist.xml</c> of the European Central
/// Bank.</summary>
/// <remarks>Format: a gesmes Envelope with <c>Cube</c> elements inside each other, one with <c>time</c> for each day, in it one with
/// <c>currency</c> and <c>rate</c> for each currency: units of it that one euro is.</remarks>
public static class EcbXml
{
    private const string Namespace = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";
    private const int MaxDepth = 8;

    /// <summary>Longest document, in characters.</summary>
    private const int MaxCharacters = 32 * 1024 * 1024;

    /// <summary>Reads a document. Document types are refused, nothing else is loaded.</summary>
    public static RateFile Read(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        var into = new RateFileBuilder(RateSources.Ecb, "EUR");
        using var reader = XmlReader.Create(xml, new()
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters, IgnoreComments = true,
            IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
        });
        try
        {
            Read(reader, into);
        }
        catch (XmlException broken)
        {
            into.Fault(broken.LineNumber, broken.Message);
        }
        return into.Build();
    }

    private static void Read(XmlReader reader, RateFileBuilder into)
    {
        LocalDate? day = null;
        while (!into.IsFull && reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                into.Fault(LineOf(reader), "Elements are too deep inside each other for a file of reference rates.");
                return;
            }
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Cube" && reader.NamespaceURI == Namespace)
            {
                day = Cube(reader, day, into);
            }
        }
    }

    /// <returns>The day that the following rates are for.</returns>
    private static LocalDate? Cube(XmlReader reader, LocalDate? day, RateFileBuilder into)
    {
        if (reader.GetAttribute("time") is { } time)
        {
            if (LocalDatePattern.Iso.Parse(time) is { Success: true, Value: var date })
            {
                return date;
            }
            into.Fault(LineOf(reader), "The time of a Cube is no date such as 2026-11-27.");
            return null;
        }
        if (reader.GetAttribute("currency") is { } currency)
        {
            if (day is { } date)
            {
                into.Add(LineOf(reader), date, currency, reader.GetAttribute("rate") ?? "");
            }
            else
            {
                into.Fault(LineOf(reader), "A rate stands outside of a Cube with a time.");
            }
        }
        return day;
    }

    private static int LineOf(XmlReader reader) => (reader as IXmlLineInfo)?.LineNumber ?? 1;
}
