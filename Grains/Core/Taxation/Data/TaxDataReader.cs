using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation.Schemes;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Taxation.Data;

/// <summary>Reads and checks one data file. Collects everything that is wrong, so that an operator corrects a file once.</summary>
internal sealed class TaxDataReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Disallow,
    };

    private readonly List<ValidationError> _errors = [];
    private readonly TaxFile _file;
    private readonly HashSet<string> _classes;

    private TaxDataReader(TaxFile file, IEnumerable<string> knownClasses)
    {
        _file = file;
        _classes = [.. knownClasses, .. file.Classes ?? []];
    }

    /// <summary>The content of a file, or what is wrong with it.</summary>
    internal static (TaxDataFile? File, IReadOnlyList<ValidationError> Errors) Read(
        ReadOnlyMemory<byte> utf8, IEnumerable<string> knownClasses)
    {
        if (utf8.Length > TaxLimits.MaxFileBytes)
        {
            return (null, [new("", "tax_data.too_large", $"The file has more than {TaxLimits.MaxFileBytes} bytes.")]);
        }
        try
        {
            var file = JsonSerializer.Deserialize<TaxFile>(utf8.Span, Options);
            return file is null
                ? (null, [new("", "tax_data.invalid", "The file is empty.")])
                : new TaxDataReader(file, knownClasses).Read();
        }
        catch (JsonException broken)
        {
            return (null, [new(Pointer(broken.Path), "tax_data.invalid", $"This is not as the format says: {broken.Message}")]);
        }
    }

    private (TaxDataFile? File, IReadOnlyList<ValidationError> Errors) Read()
    {
        Text(_file.Name, "/name");
        Text(_file.Version, "/version");
        var reviewed = Date(_file.ReviewedThrough, "/reviewedThrough");
        foreach (var (id, rule) in _file.Rules ?? [])
        {
            Text(rule.Text, $"/rules/{JsonPointer.Escape(id)}/text");
            Text(rule.Source, $"/rules/{JsonPointer.Escape(id)}/source");
        }
        var jurisdictions = new Dictionary<string, Jurisdiction>(StringComparer.Ordinal);
        for (var i = 0; i < (_file.Jurisdictions?.Count ?? 0); i++)
        {
            Add(jurisdictions, _file.Jurisdictions![i], $"/jurisdictions/{i}");
        }
        return _errors.Count > 0
            ? (null, _errors)
            : (new(_file.Name!, _file.Version!, reviewed, _file.Rules ?? [], [.. _file.Classes ?? []], jurisdictions), []);
    }

    private void Add(Dictionary<string, Jurisdiction> jurisdictions, JurisdictionEntry entry, string at)
    {
        if (entry.Code is not { } code || !IsCode(code))
        {
            Error($"{at}/code", "tax_data.code", "Give a code of ISO 3166-1 (two letters) or ISO 3166-2, e.g. DE or CA-QC.");
            return;
        }
        if (entry.Scheme is not { } scheme || !TaxSchemes.Has(scheme))
        {
            Error($"{at}/scheme", "tax_data.scheme", $"Give one of the schemes {TaxSchemes.All}.");
            return;
        }
        var jurisdiction = new Jurisdiction(
            code, scheme, TaxPoint(entry, at), entry.RoundsPerInvoice, entry.Territories ?? [], ShownIn(entry, at), Rates(entry, at));
        foreach (var name in (IEnumerable<string>)[code, .. entry.Also ?? []])
        {
            if (!jurisdictions.TryAdd(name, jurisdiction))
            {
                Error($"{at}/code", "tax_data.duplicate", $"{name} is in the file twice.");
            }
        }
    }

    private TaxPointRule? TaxPoint(JurisdictionEntry entry, string at)
    {
        TaxPointRule? rule = entry.TaxPoint switch
        {
            "end_or_invoice" => TaxPointRule.EndOrInvoice,
            "supply_end" => TaxPointRule.SupplyEnd,
            "invoice_date" => TaxPointRule.InvoiceDate,
            "split" => TaxPointRule.Split,
            "streamlined" => TaxPointRule.Streamlined,
            _ => null,
        };
        if (entry.TaxPoint is null)
        {
            return null;
        }
        Source(entry.TaxPointSource, $"{at}/taxPointSource");
        if (rule is null)
        {
            Error(
                $"{at}/taxPoint", "tax_data.tax_point", "Give end_or_invoice, supply_end, invoice_date, split or streamlined.");
        }
        return rule;
    }

    private List<(LocalDate, LocalDate?, Currency, string)> ShownIn(JurisdictionEntry entry, string at)
    {
        var shown = new List<(LocalDate, LocalDate?, Currency, string)>();
        for (var i = 0; i < (entry.ShownIn?.Count ?? 0); i++)
        {
            var (item, place) = (entry.ShownIn![i], $"{at}/shownIn/{i}");
            if (!Currency.TryParse(item.Currency, out var currency))
            {
                Error($"{place}/currency", "tax_data.currency", "Give a code of ISO 4217.");
                continue;
            }
            var from = Date(item.ValidFrom, $"{place}/validFrom");
            shown.Add((from, Last(item.ValidThrough, from, place), currency, Source(item.Source, $"{place}/source")));
        }
        return shown;
    }

    private Dictionary<(string, string), IReadOnlyList<RateTreatment>> Rates(JurisdictionEntry entry, string at)
    {
        var rates = new Dictionary<(string, string), List<RateTreatment>>();
        for (var i = 0; i < (entry.Taxes?.Count ?? 0); i++)
        {
            var (tax, place) = (entry.Taxes![i], $"{at}/taxes/{i}");
            Text(tax.Tax, $"{place}/tax");
            for (var j = 0; j < (tax.Rates?.Count ?? 0); j++)
            {
                Add(rates, tax.Tax ?? "", tax.Rates![j], $"{place}/rates/{j}");
            }
        }
        foreach (var ((tax, name), times) in rates)
        {
            times.Sort((a, b) => a.From.CompareTo(b.From));
            CheckTimes(times, $"{entry.Code} {tax}, class {name}", $"{at}/taxes");
        }
        return rates.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<RateTreatment>)pair.Value);
    }

    private void Add(Dictionary<(string, string), List<RateTreatment>> rates, string tax, RateEntry entry, string at)
    {
        var from = Date(entry.ValidFrom, $"{at}/validFrom");
        var (category, rate) = Treatment(entry, at);
        var treatment = new RateTreatment(
            from, Last(entry.ValidThrough, from, at), category, rate, entry.Reason, entry.Vatex, Source(entry.Source, $"{at}/source"));
        if (entry.Classes is not { Count: > 0 } classes)
        {
            Error($"{at}/classes", "tax_data.classes", "Say for which classes of products this is.");
            return;
        }
        foreach (var name in classes)
        {
            if (!_classes.Contains(name))
            {
                Error($"{at}/classes", "tax_data.class_unknown", $"There is no class '{name}'; name it in 'classes' of the file.");
            }
            if (!rates.TryGetValue((tax, name), out var times))
            {
                rates[(tax, name)] = times = [];
            }
            times.Add(treatment);
        }
    }

    private (TaxCategory Category, decimal Rate) Treatment(RateEntry entry, string at)
    {
        if (entry.Treatment is null)
        {
            if (decimal.TryParse(entry.Rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
                && rate is > 0m and <= 100m && DecimalText.Normalize(rate).Scale <= 4)
            {
                return (TaxCategory.Standard, DecimalText.Normalize(rate));
            }
            Error($"{at}/rate", "tax_data.rate", "Give per cent as text, above 0 and up to 100, with at most 4 decimals, e.g. \"9.975\".");
            return default;
        }
        if (entry.Rate is not null || entry.Reason is null)
        {
            Error($"{at}/treatment", "tax_data.treatment", "A treatment goes with a reason and without a rate.");
        }
        return (Category(entry.Treatment, at), 0m);
    }

    private TaxCategory Category(string treatment, string at)
    {
        switch (treatment)
        {
            case "exempt":
                return TaxCategory.Exempt;
            case "zero":
                return TaxCategory.ZeroRated;
            case "untaxed":
                return TaxCategory.OutsideScope;
            case "reverse_charge":
                return TaxCategory.ReverseCharge;
            default:
                Error($"{at}/treatment", "tax_data.treatment", "Give exempt, zero, untaxed or reverse_charge.");
                return default;
        }
    }

    /// <summary>Neither two at once, nor none in between: a day without a rate would be held without anybody having meant it.</summary>
    private void CheckTimes(List<RateTreatment> times, string what, string at)
    {
        for (var i = 1; i < times.Count; i++)
        {
            var (before, after) = (times[i - 1], times[i]);
            if (before.Through is not { } last || last >= after.From)
            {
                Error(at, "tax_data.overlap", $"{what}: two rates are in force on {Iso(after.From)}.");
            }
            else if (last.PlusDays(1) != after.From)
            {
                Error(at, "tax_data.gap", $"{what}: no rate from {Iso(last.PlusDays(1))} to {Iso(after.From.PlusDays(-1))}.");
            }
        }
    }

    private LocalDate Date(string? text, string at)
    {
        if (text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date })
        {
            return date;
        }
        Error(at, "tax_data.date", "Give a date like 2026-01-31.");
        return default;
    }

    private LocalDate? Last(string? text, LocalDate first, string at)
    {
        if (text is null)
        {
            return null;
        }
        var last = Date(text, $"{at}/validThrough");
        if (last < first)
        {
            Error($"{at}/validThrough", "tax_data.date", "The last day is before the first.");
        }
        return last;
    }

    private void Text(string? text, string at)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 1_000)
        {
            Error(at, "tax_data.text", "Give a text of 1 to 1000 characters.");
        }
    }

    private string Source(string? key, string at)
    {
        if (key is not null && _file.Sources?.TryGetValue(key, out var source) == true && !string.IsNullOrWhiteSpace(source))
        {
            return source;
        }
        Error(at, "tax_data.source", "Give a key of 'sources': nothing is taken without the law or publication behind it.");
        return "";
    }

    private static bool IsCode(string code) =>
        code.Length is 2 or >= 4 and <= 6
        && code[..2].All(char.IsAsciiLetterUpper)
        && (code.Length == 2 || (code[2] == '-' && code[3..].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))));

    /// <summary>The serializer's path, such as <c>$.jurisdictions[0].code</c>, as a pointer.</summary>
    private static string Pointer(string? path) =>
        (path ?? "$").TrimStart('$').Replace('[', '/').Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private void Error(string at, string code, string message) => _errors.Add(new(at, code, message));
}
