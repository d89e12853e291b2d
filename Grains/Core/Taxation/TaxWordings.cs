namespace OrleansBilling.Core.Taxation;

/// <summary>Texts that law prescribes, by the keys of <see cref="TaxNote"/>.</summary>
public static class TaxWordings
{
    /// <summary>Hints to the seller; everything else belongs on the document.</summary>
    private static readonly HashSet<string> Hints =
        new(StringComparer.Ordinal) { "number_not_confirmed", "us_state_rate_only", "jp_business_only" };

    /// <summary>In the language versions of Art. 226(11a) of Directive 2006/112/EC.</summary>
    private static readonly Dictionary<string, string> ReverseCharge = new(StringComparer.Ordinal)
    {
        ["bg"] = "обратно начисляване",
        ["cs"] = "daň odvede zákazník",
        ["da"] = "omvendt betalingspligt",
        ["de"] = "Steuerschuldnerschaft des Leistungsempfängers",
        ["el"] = "Αντίστροφη επιβάρυνση",
        ["en"] = "Reverse charge",
        ["es"] = "inversión del sujeto pasivo",
        ["et"] = "pöördmaksustamine",
        ["fi"] = "käännetty verovelvollisuus",
        ["fr"] = "Autoliquidation",
        ["hr"] = "prijenos porezne obveze",
        ["hu"] = "fordított adózás",
        ["it"] = "inversione contabile",
        ["lt"] = "Atvirkštinis apmokestinimas",
        ["lv"] = "nodokļa apgrieztā maksāšana",
        ["mt"] = "Inverżjoni tal-ħlas",
        ["nl"] = "Btw verlegd",
        ["pl"] = "odwrotne obciążenie",
        ["pt"] = "Autoliquidação",
        ["ro"] = "taxare inversă",
        ["sk"] = "prenesenie daňovej povinnosti",
        ["sv"] = "Omvänd betalningsskyldighet",
    };

    /// <summary>Whether the note belongs on the document.</summary>
    internal static bool IsRequired(string key) => !Hints.Contains(key);

    /// <summary>The text that has to be on the document.</summary>
    /// <param name="key">Of a required note.</param>
    /// <param name="language">ISO 639-1, e.g. <c>de</c>. A language without a prescribed text gets the English one.</param>
    /// <returns>Null for a note that has no prescribed text.</returns>
    public static string? Text(string key, string language) => key switch
    {
        "reverse_charge" => ReverseCharge.TryGetValue(language, out var text) ? text : ReverseCharge["en"],
        "acquisition_tax" => language switch
        {
            "de" => "Bezugsteuerpflicht des Leistungsempfängers (Art. 45 MWSTG)",
            "fr" => "Impôt sur les acquisitions dû par le destinataire (art. 45 LTVA)",
            "it" => "Imposta sull'acquisto dovuta dal destinatario (art. 45 LIVA)",
            _ => "Acquisition tax is owed by the recipient (Art. 45 VAT Act)",
        },
        "in_export" =>
            "SUPPLY MEANT FOR EXPORT UNDER BOND OR LETTER OF UNDERTAKING WITHOUT PAYMENT OF INTEGRATED TAX",
        "jp_reverse_charge" => language == "ja"
            ? "本役務の提供に係る消費税の納税義務は役務の提供を受ける者にあります（リバースチャージ方式）"
            : "The recipient is liable for Japanese consumption tax on this service (reverse charge)",
        _ => null,
    };
}
