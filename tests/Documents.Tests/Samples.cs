using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Tests;

/// <summary>Documents as customers would get them, in each language.</summary>
internal static class Samples
{
    public static BillingDocument Of(string language) => language switch
    {
        "de" => German(),
        "en" => English(),
        "ja" => Japanese(),
        "ar" => Arabic(),
        "fr" => European("fr-FR", "FR", "Capteurs du Rhône SA", "Lyon", "69002", "12 rue de la République", "FR61954506077", "Trafic de données"),
        "es" => European("es-ES", "ES", "Energía Conectada, S.L.", "Madrid", "28013", "Calle Mayor 7", "ESB12345674", "Tráfico de datos"),
        "it" => European("it-IT", "IT", "Colonnine Torino S.r.l.", "Torino", "10121", "Via Po 18", "IT01234567897", "Traffico dati"),
        "pt" => European("pt-PT", "PT", "Mobilidade do Tejo, Lda.", "Lisboa", "1100-148", "Rua Augusta 24", "PT501964843", "Tráfego de dados"),
        "nl" => European("nl-NL", "NL", "Slimme Meters B.V.", "Utrecht", "3511 LX", "Oudegracht 112", "NL123456782B90", "Dataverkeer"),
        "pl" => European("pl-PL", "PL", "Żółta Łódź Sp. z o.o.", "Gdańsk", "80-831", "ul. Długa 45", "PL5260001246", "Transmisja danych"),
        "sv" => European("sv-SE", "SE", "Älvsborgs Energi AB", "Göteborg", "411 06", "Östra Hamngatan 5", "SE556677889901", "Datatrafik"),
        "zh" => Chinese(),
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "No sample."),
    };

    public static IReadOnlyList<string> Languages => LocaleTag.Languages;

    public static DocumentLine Line(
        string id, string name, decimal quantity, string unit, decimal? price, decimal net, TaxClass tax, string? group = null,
        string? description = null, params string[] steps) => new()
        {
            Id = id,
            Name = name,
            Quantity = quantity,
            UnitCode = unit,
            UnitPrice = price,
            NetAmount = net,
            Tax = tax,
            Group = group,
            Description = description,
            Steps = steps,
            SellerItemId = $"charge-{id}",
        };

    public static BillingDocument With(BillingDocument document, IReadOnlyList<DocumentLine> lines, decimal prepaid = 0m)
    {
        var sums = DocumentSums.Of(document.Currency, lines, document.AllowancesAndCharges, prepaid);
        return document with { Lines = lines, TaxBreakdown = sums.TaxBreakdown, Totals = sums.Totals };
    }

    public static BillingDocument Long(string language, int lines)
    {
        var document = Of(language);
        var tax = document.Lines[0].Tax;
        var digits = document.Currency.MinorUnitDigits;
        return With(document, [.. Enumerable.Range(1, lines).Select(i => Line(
            $"{i}", $"{document.Lines[0].Name} {i}", i * 12.5m, "KWH", 0.2875m,
            decimal.Round(i * 12.5m * 0.2875m, digits, MidpointRounding.AwayFromZero), tax, $"meter-{(i + 9) / 10:000}"))]);
    }

    private static BillingDocument German()
    {
        var standard = new TaxClass(TaxCategory.Standard, 19m);
        var document = Empty("de-DE", "EUR", "RE-2026-004217") with
        {
            Seller = Operator("Stadtwerke Musterhafen GmbH", "DE", "20457", "Hamburg", "Am Sandtorkai 40", "DE136695976"),
            Buyer = new()
            {
                Name = "Ladepark Elbe GmbH & Co. KG",
                Address = new() { CountryCode = "DE", Lines = ["Große Elbstraße 145", "Gebäude C"], PostalCode = "22767", City = "Hamburg" },
                VatNumber = "DE811907980",
                Identifier = new("K-100482"),
            },
            BuyerReference = "04011000-12345-34",
            PurchaseOrder = "BE-88231",
            Payment = Transfer("DE02120300000000202051", "Stadtwerke Musterhafen GmbH", "BYLADEM1001", "RE-2026-004217"),
            Notes = [new("Vielen Dank für Ihr Vertrauen. Den Verbrauch je Ladepunkt finden Sie in der beiliegenden CSV-Datei.")],
            AllowancesAndCharges =
            [
                new() { IsCharge = false, Amount = 60.17m, BaseAmount = 1203.39m, Percentage = 5m, Reason = "Treuerabatt", Tax = standard },
            ],
        };
        return With(document,
        [
            Line("1", "Grundpreis Ladepunkt", 12m, "C62", 8.90m, 106.80m, standard, "Standort Altona", "12 Ladepunkte, 1. bis 31. Oktober"),
            Line("2", "Ladestrom AC", 2418.375m, "KWH", null, 870.41m, standard, "Standort Altona", null,
                "1.000 kWh × 0,39 € = 390,00 €", "1.418,375 kWh × 0,33872 € = 480,41 €"),
            Line("4", "Datenverbindung Ladesäulen-Backend mit redundanter Mobilfunkanbindung", 4.25m, "E34", 6.50m, 27.63m, standard, "Standort Hafen"),
            Line("5", "Ladestrom DC (Nachtrag September)", 402.5m, "KWH", 0.4933m, 198.55m, standard, "Standort Hafen")
                with { Period = new(new(2026, 9, 1), new(2026, 9, 30)) },
        ], prepaid: 500m);
    }

    private static BillingDocument English()
    {
        var standard = new TaxClass(TaxCategory.Standard, 20m);
        var document = Empty("en-GB", "GBP", "INV-2026-00931") with
        {
            Seller = Operator("Beacon Telemetry Ltd", "GB", "EC2A 4NE", "London", "86 Curtain Road", "GB123456782"),
            Buyer = new()
            {
                Name = "Northfield Cold Chain plc",
                Address = new() { CountryCode = "GB", Lines = ["Unit 7, Harbour Way"], PostalCode = "LS10 1JR", City = "Leeds" },
                Identifier = new("C-20817"),
                VatNumber = "GB987654321",
            },
            PurchaseOrder = "4500098213",
            Payment = Transfer("GB29NWBK60161331926819", "Beacon Telemetry Ltd", "NWBKGB2L", "INV-2026-00931"),
            Notes = [new("Usage per device is in the attached CSV file.")],
        };
        return With(document,
        [
            Line("1", "Tracker subscription", 1250m, "C62", 1.20m, 1500m, standard, null, "Fleet plan, 1,250 active trackers"),
            Line("2", "Mobile data", 412.7m, "E34", null, 1031.75m, standard, null, null, "200 GB pooled allowance", "212.7 GB at tiered rates"),
            Line("3", "Satellite messages", 38_400m, "C62", 12.50m, 480.00m, standard) with { PriceBaseQuantity = 1000m },
            Line("4", "Activation fee", 35m, "C62", 2.00m, 70.00m, standard),
            Line("5", "SLA credit", -1m, "C62", 45m, -45.00m, standard, null, "Availability 99.2 % in October"),
        ]);
    }

    private static BillingDocument Japanese()
    {
        var standard = new TaxClass(TaxCategory.Standard, 10m);
        var document = Empty("ja-JP", "JPY", "2026-10-0187") with
        {
            Seller = Operator("株式会社つながる電力", "JP", "100-0005", "千代田区", "丸の内1丁目9番2号", null) with
            {
                TaxRegistration = "T1234567890123",
                Address = new() { CountryCode = "JP", PostalCode = "100-0005", Region = "東京都", City = "千代田区", Lines = ["丸の内1丁目9番2号", "サンプルビル12階"] },
            },
            Buyer = new()
            {
                Name = "東海スマート物流株式会社 御中",
                Address = new() { CountryCode = "JP", PostalCode = "450-0002", Region = "愛知県", City = "名古屋市", Lines = ["中村区名駅三丁目28番12号"] },
                Identifier = new("A-5531"),
            },
            PaymentTerms = "銀行振込にてお支払いください。振込手数料はお客様のご負担となります。",
            Payment = Transfer("みずほ銀行 丸の内支店 普通 1234567", "カ）ツナガルデンリョク", null, "2026-10-0187"),
            Notes = [new("デバイスごとのご利用明細は、添付のCSVファイルをご確認ください。")],
        };
        return With(document,
        [
            Line("1", "基本料金（スマートメーター接続）", 320m, "C62", 450m, 144_000m, standard, "名古屋第一倉庫", "10月1日から31日まで、320台"),
            Line("2", "電力量料金", 18_452.6m, "KWH", null, 512_337m, standard, "名古屋第一倉庫", null,
                "第1段階 10,000kWh × 26.4円 = 264,000円", "第2段階 8,452.6kWh × 29.38円 = 248,337円"),
            Line("3", "データ通信料（温度センサーおよび車両位置情報の送信、国内ローミングを含む）", 86.25m, "E34", 380m, 32_775m, standard, "中部配送センター"),
            Line("4", "通知メッセージ", 12_800m, "C62", 3m, 38_400m, standard, "中部配送センター"),
        ]);
    }

    private static BillingDocument Chinese()
    {
        var standard = new TaxClass(TaxCategory.Standard, 6m);
        var document = Empty("zh-CN", "CNY", "ZD-2026-1087") with
        {
            Seller = Operator("海岸物联网科技有限公司", "CN", "200120", "浦东新区", "世纪大道100号", null) with
            {
                TaxRegistration = "91310000MA1FL0XX0X",
                Address = new() { CountryCode = "CN", PostalCode = "200120", Region = "上海市", City = "浦东新区", Lines = ["世纪大道100号"] },
            },
            Buyer = new()
            {
                Name = "华南冷链物流股份有限公司",
                Address = new() { CountryCode = "CN", PostalCode = "510620", Region = "广东省", City = "广州市", Lines = ["天河区体育东路28号"] },
            },
            Payment = Transfer("6222 0210 0112 3456 789", "海岸物联网科技有限公司", null, "ZD-2026-1087"),
            Notes = [new("各设备的用量明细见所附CSV文件。")],
        };
        return With(document,
        [
            Line("1", "设备接入月费", 860m, "C62", 5.00m, 4300.00m, standard, null, "十月在线设备860台"),
            Line("2", "数据流量", 512.4m, "E34", null, 3586.80m, standard, null, null, "前300 GB：每GB 6.50元", "其余212.4 GB：每GB 7.70613元"),
            Line("3", "短信通知", 24_600m, "C62", 0.05m, 1230.00m, standard),
        ]);
    }

    private static BillingDocument Arabic()
    {
        var standard = new TaxClass(TaxCategory.Standard, 15m);
        var document = Empty("ar-SA", "SAR", "INV-2026-3301") with
        {
            Seller = Operator("شركة الواحة لإنترنت الأشياء", "SA", "12611", "الرياض", "7529 طريق الملك فهد، حي العليا", null) with
            {
                TaxRegistration = "300123456700003",
            },
            Buyer = new()
            {
                Name = "مؤسسة النخيل للطاقة الذكية",
                Address = new() { CountryCode = "SA", Lines = ["3142 شارع الأمير سلطان"], PostalCode = "23435", City = "جدة" },
                Identifier = new("C-7741"),
            },
            Payment = Transfer("SA0380000000608010167519", "شركة الواحة لإنترنت الأشياء", "RJHISARI", "INV-2026-3301"),
            Notes = [new("تجدون تفاصيل الاستهلاك لكل جهاز في ملف CSV المرفق.")],
        };
        return With(document,
        [
            Line("1", "اشتراك العدادات الذكية", 540m, "C62", 3.50m, 1890.00m, standard, "موقع جدة", "الباقة الأساسية، 540 عدادًا"),
            Line("2", "استهلاك الكهرباء", 7240.5m, "KWH", null, 1629.11m, standard, "موقع جدة", null,
                "أول 6,000 kWh بسعر 0.18", "الباقي 1,240.5 kWh بسعر 0.44264"),
            Line("3", "حركة البيانات (IoT Roaming)", 96.4m, "E34", 7.25m, 698.90m, standard, "موقع الرياض"),
            Line("4", "رسائل التنبيه", 5200m, "C62", 0.04m, 208.00m, standard, "موقع الرياض"),
        ]);
    }

    /// <summary>A cross-border supply with reverse charge: the wording that the law wants in each language.</summary>
    private static BillingDocument European(
        string locale, string country, string name, string city, string postalCode, string street, string vatNumber, string item)
    {
        var reverse = new TaxClass(TaxCategory.ReverseCharge);
        var document = Empty(locale, "EUR", $"EU-2026-{country}-77") with
        {
            Seller = Operator("Beacon Telemetry Ireland Ltd", "IE", "D02 X285", "Dublin", "5 Harcourt Road", "IE6388047V"),
            Buyer = new()
            {
                Name = name,
                Address = new() { CountryCode = country, Lines = [street], PostalCode = postalCode, City = city },
                VatNumber = vatNumber,
            },
            Payment = Transfer("IE29AIBK93115212345678", "Beacon Telemetry Ireland Ltd", "AIBKIE2D", $"EU-2026-{country}-77"),
        };
        return With(document,
        [
            Line("1", item, 1_234.5m, "E34", 2.40m, 2962.80m, reverse),
            Line("2", $"{item} (2)", 3m, "MON", 49.90m, 149.70m, reverse),
        ]);
    }

    private static BillingDocument Empty(string locale, string currency, string number) => new()
    {
        Kind = DocumentKind.Invoice,
        Number = number,
        IssueDate = new(2026, 11, 3),
        DueDate = new(2026, 11, 17),
        Currency = Currency.Parse(currency),
        Locale = locale,
        Period = new(new(2026, 10, 1), new(2026, 10, 31)),
        Seller = null!,
        Buyer = null!,
        Lines = [],
        TaxBreakdown = [],
        Totals = null!,
    };

    private static Party Operator(string name, string country, string postalCode, string city, string street, string? vatNumber) => new()
    {
        Name = name,
        Address = new() { CountryCode = country, Lines = [street], PostalCode = postalCode, City = city },
        VatNumber = vatNumber,
        LegalRegistration = new("HRB 123456"),
        LegalInformation = $"{name} · {city}",
        Contact = new(null, "+49 40 0000000", "billing@example.com"),
    };

    private static PaymentInstructions Transfer(string account, string name, string? bic, string reference) => new()
    {
        MeansCode = "30",
        CreditTransfers = [new(account, name, bic)],
        RemittanceInformation = reference,
    };
}
