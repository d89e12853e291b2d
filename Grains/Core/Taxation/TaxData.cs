using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using OrleansBilling.Core.Taxation.Data;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Taxation;

/// <summary>Everything the engine knows: rates and rules with their sources and dates. Immutable.</summary>
public sealed class TaxData
{
    private static readonly string[] BuiltInNames = ["au", "ca", "ch", "common", "eu", "gb", "in", "jp", "no", "nz", "sg", "us"];

    private static readonly string[] BuiltInClasses =
    [
        TaxClasses.Telecommunications, TaxClasses.ElectronicServices, TaxClasses.Services, TaxClasses.Goods, TaxClasses.Electricity,
    ];

    private static readonly Lazy<TaxData> Embedded = new(ReadEmbedded);

    private readonly FrozenDictionary<string, (Jurisdiction Jurisdiction, TaxDataFile[] Files)> _jurisdictions;
    private readonly FrozenDictionary<string, RuleEntry> _rules;
    private readonly FrozenSet<string> _classes;
    private readonly IReadOnlyList<TaxDataFile> _own;

    private TaxData(
        Dictionary<string, (Jurisdiction, TaxDataFile[])> jurisdictions, Dictionary<string, RuleEntry> rules, IEnumerable<string> classes,
        IReadOnlyList<TaxDataFile> own)
    {
        _jurisdictions = jurisdictions.ToFrozenDictionary(StringComparer.Ordinal);
        _rules = rules.ToFrozenDictionary(StringComparer.Ordinal);
        _classes = classes.ToFrozenSet(StringComparer.Ordinal);
        _own = own;
    }

    /// <summary>The files that come with the program.</summary>
    public static TaxData BuiltIn => Embedded.Value;

    /// <summary>This data with an operator's own file: for each jurisdiction, tax and class which the file has, its rates take the place of
    /// those here; so do a tax point, territories and currencies that it has. All else stays. A jurisdiction that is new is added.</summary>
    /// <param name="utf8">JSON as docs/taxation.md says, at most <see cref="TaxLimits.MaxFileBytes"/>.</param>
    public TaxDataResult With(ReadOnlyMemory<byte> utf8)
    {
        var (file, errors) = TaxDataReader.Read(utf8, _classes);
        if (file is null)
        {
            return new(null, errors);
        }
        if (file.Jurisdictions.Where(added => IsOfAnotherScheme(added.Key, added.Value)).Select(added => added.Key).ToList() is { Count: > 0 } wrong)
        {
            return new(null, [.. wrong.Select(code => new ValidationError(
                "/jurisdictions", "tax_data.scheme", $"{code} has the scheme {_jurisdictions[code].Jurisdiction.Scheme}, which cannot change."))]);
        }
        var jurisdictions = new Dictionary<string, (Jurisdiction, TaxDataFile[])>(_jurisdictions);
        foreach (var (code, added) in file.Jurisdictions)
        {
            Put(jurisdictions, code, added, file);
        }
        var rules = new Dictionary<string, RuleEntry>(_rules);
        foreach (var (id, rule) in file.Rules)
        {
            rules[id] = rule;
        }
        return new(new(jurisdictions, rules, [.. _classes, .. file.Classes], [.. _own, file]), []);
    }

    internal bool HasClass(string name) => _classes.Contains(name);

    internal bool TryFind(string code, [NotNullWhen(true)] out Jurisdiction? jurisdiction)
    {
        jurisdiction = _jurisdictions.TryGetValue(code, out var found) ? found.Jurisdiction : null;
        return jurisdiction is not null;
    }

    internal RuleEntry Rule(string id) => _rules.TryGetValue(id, out var rule)
        ? rule
        : throw new InvalidOperationException($"The tax rule '{id}' is in no data file.");

    /// <summary>Which files say something about the jurisdictions.</summary>
    internal TaxDataInfo Info(IEnumerable<string> codes)
    {
        var known = codes.ToHashSet(StringComparer.Ordinal);
        var files = known.SelectMany(code => _jurisdictions[code].Files).Distinct()
            .OrderBy(f => _own.Contains(f)).ThenBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Version, StringComparer.Ordinal);
        return new(string.Join(", ", files.Select(f => $"{f.Name} {f.Version}")), known.Min(ReviewedThrough));
    }

    /// <remarks>Of the newest file: who overrides a jurisdiction has looked at its law.</remarks>
    internal LocalDate ReviewedThrough(string code) => _jurisdictions[code].Files[^1].ReviewedThrough;

    private bool IsOfAnotherScheme(string code, Jurisdiction added) =>
        _jurisdictions.TryGetValue(code, out var known) && known.Jurisdiction.Scheme != added.Scheme;

    /// <summary>A tax territory may have several codes, such as France and Monaco: all of them get what the file says.</summary>
    private void Put(
        Dictionary<string, (Jurisdiction, TaxDataFile[])> jurisdictions, string code, Jurisdiction added, TaxDataFile file)
    {
        if (!_jurisdictions.TryGetValue(code, out var known))
        {
            jurisdictions[code] = (added, [file]);
            return;
        }
        var merged = (Merged(known.Jurisdiction, added), (TaxDataFile[])[.. known.Files, file]);
        foreach (var (same, _) in _jurisdictions.Where(entry => entry.Value.Jurisdiction.Code == known.Jurisdiction.Code))
        {
            jurisdictions[same] = merged;
        }
    }

    private static Jurisdiction Merged(Jurisdiction known, Jurisdiction added)
    {
        var rates = new Dictionary<(string, string), IReadOnlyList<RateTreatment>>(known.Rates);
        foreach (var (key, times) in added.Rates)
        {
            rates[key] = times;
        }
        return known with
        {
            Rates = rates,
            TaxPoint = added.TaxPoint ?? known.TaxPoint,
            RoundsPerInvoice = known.RoundsPerInvoice || added.RoundsPerInvoice,
            Territories = added.Territories.Count > 0 ? added.Territories : known.Territories,
            ShownIn = added.ShownIn.Count > 0 ? added.ShownIn : known.ShownIn,
        };
    }

    private static TaxData ReadEmbedded()
    {
        var jurisdictions = new Dictionary<string, (Jurisdiction, TaxDataFile[])>(StringComparer.Ordinal);
        var rules = new Dictionary<string, RuleEntry>(StringComparer.Ordinal);
        var classes = new List<string>(BuiltInClasses);
        foreach (var name in BuiltInNames)
        {
            var file = ReadEmbedded(name);
            classes.AddRange(file.Classes);
            foreach (var (code, jurisdiction) in file.Jurisdictions)
            {
                jurisdictions.Add(code, (jurisdiction, [file]));
            }
            foreach (var (id, rule) in file.Rules)
            {
                rules.Add(id, rule);
            }
        }
        return new(jurisdictions, rules, classes, []);
    }

    private static TaxDataFile ReadEmbedded(string name)
    {
        using var stream = typeof(TaxData).Assembly.GetManifestResourceStream($"tax-{name}.json")
            ?? throw new InvalidOperationException($"The embedded file tax-{name}.json is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var (file, errors) = TaxDataReader.Read(bytes, BuiltInClasses);
        return file ?? throw new InvalidOperationException($"tax-{name}.json: {Joined(errors)}");
    }

    private static string Joined(IReadOnlyList<ValidationError> errors) =>
        string.Join(' ', errors.Select(e => $"{e.Pointer} {e.Code}: {e.Message}"));
}
