using System.Text;

namespace OrleansBilling.Gateway.Usage.Csv;

/// <summary>
/// Takes a delimited line apart as RFC 4180 says; a quote in the middle of a bare cell is just a character.
/// </summary>
public sealed class LineSplitter(char separator)
{
    private readonly StringBuilder _cell = new();

    /// <summary>Whether something stands between a closing quote and the next separator of the last line.</summary>
    public bool HasTextAfterQuote { get; private set; }

    /// <summary>Splits a line.</summary>
    /// <returns>False when a quoted cell does not end in it.</returns>
    public bool Split(string line, List<string> cells)
    {
        cells.Clear();
        HasTextAfterQuote = false;
        var at = 0;
        while (true)
        {
            if (separator == ' ')
            {
                at = SkipBlanks(line, at);
            }

            if (at < line.Length && line[at] == '"')
            {
                at = Quoted(line, at + 1, cells);
                if (at < 0)
                {
                    return false;
                }
            }
            else
            {
                at = Bare(line, at, cells);
            }

            if (at >= line.Length)
            {
                return true;
            }

            at++;
            if (at == line.Length)
            {
                AddLastBlank(cells);
                return true;
            }
        }
    }

    /// <summary>
    /// A line that ends in a separator has one more cell; blanks at the end of a blank-separated line do not count.
    /// </summary>
    private void AddLastBlank(List<string> cells)
    {
        if (separator != ' ')
        {
            cells.Add("");
        }
    }

    private static int SkipBlanks(string line, int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <returns>Index of the separator that ends the cell, or the line's length.</returns>
    private int Bare(string line, int at, List<string> cells)
    {
        var end = line.IndexOf(separator, at);
        end = end < 0 ? line.Length : end;
        cells.Add(line[at..end]);
        return end;
    }

    /// <returns>As <see cref="Bare"/>; -1 when the quote is not closed.</returns>
    private int Quoted(string line, int at, List<string> cells)
    {
        _cell.Clear();
        while (true)
        {
            var quote = line.IndexOf('"', at);
            if (quote < 0)
            {
                return -1;
            }

            _cell.Append(line, at, quote - at);
            if (quote + 1 < line.Length && line[quote + 1] == '"')
            {
                _cell.Append('"');
                at = quote + 2;
                continue;
            }

            var end = line.IndexOf(separator, quote + 1);
            end = end < 0 ? line.Length : end;
            _cell.Append(line, quote + 1, end - quote - 1);
            HasTextAfterQuote |= end > quote + 1;
            cells.Add(_cell.ToString());
            return end;
        }
    }
}
