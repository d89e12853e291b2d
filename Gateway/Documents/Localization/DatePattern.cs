using System.Globalization;
using System.Text;
using NodaTime;

namespace OrleansBilling.Documents.Localization;

/// <summary>Writes dates by CLDR patterns, e.g. <c>d. MMMM y</c>: the fields y, M and d, and quoted text. The calendar is the
/// Gregorian one in every locale: it is the one that invoices and tax law of all of them use.</summary>
/// <param name="months">Twelve names, January first.</param>
/// <param name="shortMonths">The same, short.</param>
/// <param name="symbols">For the digits.</param>
internal sealed class DatePattern(IReadOnlyList<string> months, IReadOnlyList<string> shortMonths, NumberSymbols symbols)
{
    /// <summary>One date.</summary>
    public string Write(string pattern, LocalDate date) => Write(pattern, date, date);

    /// <summary>A range: the second time a field appears it is the end's.</summary>
    public string Write(string pattern, LocalDate start, LocalDate end)
    {
        var result = new StringBuilder();
        var seen = new HashSet<char>();
        var date = start;
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (c == '\'')
            {
                i = Quoted(pattern, i, result);
                continue;
            }

            var length = 1;
            while (i + length < pattern.Length && pattern[i + length] == c)
            {
                length++;
            }

            if (c is 'y' or 'M' or 'L' or 'd' && !seen.Add(c is 'L' ? 'M' : c))
            {
                date = end;
            }

            result.Append(Field(c, length, date));
            i += length;
        }

        return symbols.Localize(result.ToString());
    }

    private static int Quoted(string pattern, int open, StringBuilder result)
    {
        var close = pattern.IndexOf('\'', open + 1);
        result.Append(close == open + 1 ? "'" : pattern[(open + 1)..close]);
        return close + 1;
    }

    private string Field(char field, int length, LocalDate date) => field switch
    {
        'y' => Digits(length == 2 ? date.Year % 100 : date.Year, length),
        'M' or 'L' => length switch
        {
            >= 4 => months[date.Month - 1],
            3 => shortMonths[date.Month - 1],
            _ => Digits(date.Month, length),
        },
        'd' => Digits(date.Day, length),
        _ => new string(field, length),
    };

    private static string Digits(int value, int length) =>
        value.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
}
