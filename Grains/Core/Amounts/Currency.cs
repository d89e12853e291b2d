using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansBilling.Core.Amounts;

/// <summary>A national currency of ISO 4217. There is one instance per code, so equality is identity.</summary>
/// <remarks>Source: ISO 4217 list one, embedded as <c>Iso4217.tsv</c>; funds, metals and test codes are left
/// out.</remarks>
public sealed class Currency : IEquatable<Currency>
{
    private static readonly FrozenDictionary<string, Currency> ByCode = Load();

    private Currency(string code, int minorUnitDigits, string name)
    {
        Code = code;
        MinorUnitDigits = minorUnitDigits;
        Name = name;
    }

    /// <summary>Three capital letters, e.g. <c>EUR</c>.</summary>
    public string Code { get; }

    /// <summary>Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public int MinorUnitDigits { get; }

    /// <summary>English name of the standard, e.g. <c>Canadian Dollar</c>.</summary>
    public string Name { get; }

    /// <summary>Every currency, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } =
        [.. ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>The currency of a code known to be valid, e.g. a stored one.</summary>
    /// <exception cref="ArgumentException">No such code.</exception>
    public static Currency FromCode(string code) => TryParse(code, out var currency)
        ? currency
        : throw new ArgumentException($"'{code}' is no ISO 4217 currency code.", nameof(code));

    /// <summary>Reads a code in capital letters.</summary>
    /// <exception cref="FormatException">No such code.</exception>
    public static Currency Parse(string code) => TryParse(code, out var currency)
        ? currency
        : throw new FormatException($"'{code}' is no ISO 4217 currency code.");

    /// <summary>Reads a code in capital letters; false when there is no such currency.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && ByCode.TryGetValue(code, out currency);
    }

    /// <inheritdoc />
    public bool Equals(Currency? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc />
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    private static FrozenDictionary<string, Currency> Load()
    {
        using var stream = typeof(Currency).Assembly.GetManifestResourceStream("Iso4217.tsv")
            ?? throw new InvalidOperationException("The embedded list Iso4217.tsv is missing.");
        using var reader = new StreamReader(stream);
        var currencies = new List<Currency>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var fields = line.Split('\t');
                currencies.Add(new(fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture), fields[2]));
            }
        }

        return currencies.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }
}
