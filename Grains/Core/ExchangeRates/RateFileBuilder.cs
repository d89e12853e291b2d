using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Collects what a file says, within bounds.</summary>
internal sealed class RateFileBuilder(string source, string baseCurrency)
{
    private const int MaxErrors = 100;
    private const int FirstYear = 1970;

    private readonly SortedDictionary<LocalDate, Dictionary<string, decimal>> _days = [];
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly List<RateFileError> _errors = [];
    private int _count;

    /// <summary>Whether there is no use in reading on.</summary>
    public bool IsFull => _errors.Count >= MaxErrors;

    public void Fault(int line, string message)
    {
        if (!IsFull)
        {
            _errors.Add(new(line, message));
        }
    }

    /// <summary>Reads a rate; a currency that is none of today is left out.</summary>
    public void Add(int line, LocalDate date, string currency, string text)
    {
        if (!IsCode(currency))
        {
            Fault(line, $"'{Shorten(currency)}' is no currency code.");
        }
        else if (!DecimalText.TryParse(text, out var rate) || !PackedRate.IsValid(rate))
        {
            Fault(line, $"'{Shorten(text)}' is no rate: give a number above zero with at most {PackedRate.MaxDigits} digits.");
        }
        else if (!Currency.TryParse(currency, out _))
        {
            _unknown.Add(currency);
        }
        else if (currency == baseCurrency || date.Year < FirstYear || date.Year >= 2200)
        {
            Fault(line, $"A rate of {currency} for {date:uuuu-MM-dd} does not belong here.");
        }
        else if (++_count > RateTable.MaxRates)
        {
            Fault(line, $"A file has at most {RateTable.MaxRates} rates.");
        }
        else if (!Day(date).TryAdd(currency, rate) && _days[date][currency] != rate)
        {
            Fault(line, $"The file has two rates of {currency} for {date:uuuu-MM-dd}.");
        }
    }

    public RateFile Build()
    {
        if (_errors.Count == 0 && _days.Count == 0)
        {
            Fault(1, "The file has no rates.");
        }
        return _errors.Count > 0 ? new([], [], _errors) : new(RateSheet.Of(source, baseCurrency, _days), [.. _unknown], []);
    }

    private Dictionary<string, decimal> Day(LocalDate date) =>
        _days.TryGetValue(date, out var known) ? known : _days[date] = new(StringComparer.Ordinal);

    private static bool IsCode(string text) => text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'];

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
