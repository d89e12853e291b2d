using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Reads <c>eurofxref.csv</c> and <c>eurofxref-hist.csv</c> of the European Central Bank.</summary>
/// <remarks>Format: the first line names the columns, <c>Date, USD, JPY, …</c>; each further line is a day, <c>27 November 2026</c> in the
/// daily file and <c>2026-11-27</c> in the other; <c>N/A</c> or nothing stands for no rate; lines end with a comma.</remarks>
public static class EcbCsv
{
    private const int MaxLineLength = 8 * 1024;

    private static readonly LocalDatePattern Written = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    /// <summary>Reads a file.</summary>
    public static RateFile Read(TextReader csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var into = new RateFileBuilder(RateSources.Ecb, "EUR");
        if (csv.ReadLine() is not { Length: <= MaxLineLength } header || Cells(header) is not ["Date", .. var currencies] || currencies.Length == 0)
        {
            into.Fault(1, "The first line has to name the columns: Date, USD, JPY, …");
            return into.Build();
        }
        for (var line = 2; !into.IsFull && csv.ReadLine() is { } text; line++)
        {
            if (text.Length > MaxLineLength)
            {
                into.Fault(line, $"The line has more than {MaxLineLength} characters.");
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                Day(Cells(text), currencies, line, into);
            }
        }
        return into.Build();
    }

    private static void Day(string[] cells, string[] currencies, int line, RateFileBuilder into)
    {
        if (DateOf(cells[0]) is not { } date)
        {
            into.Fault(line, "The line does not begin with a date such as 2026-11-27 or 27 November 2026.");
        }
        else if (cells.Length - 1 != currencies.Length)
        {
            into.Fault(line, $"The line has {cells.Length - 1} rates for {currencies.Length} currencies.");
        }
        else
        {
            foreach (var (i, currency) in currencies.Index())
            {
                if (cells[i + 1] is not ("N/A" or ""))
                {
                    into.Add(line, date, currency, cells[i + 1]);
                }
            }
        }
    }

    private static LocalDate? DateOf(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var iso } ? iso
        : Written.Parse(text) is { Success: true, Value: var written } ? written
        : null;

    /// <summary>Without the empty one behind the last comma.</summary>
    private static string[] Cells(string line)
    {
        var trimmed = line.AsSpan().TrimEnd();
        return (trimmed.EndsWith(",") ? trimmed[..^1] : trimmed).ToString().Split(',', StringSplitOptions.TrimEntries);
    }
}
