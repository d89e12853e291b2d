using System.Text;

namespace OrleansBilling.Gateway.Usage.Csv;

/// <summary>Reads rows of delimited text, in which a quoted cell may have line breaks.</summary>
public sealed class RowReader(LineReader lines, LineSplitter splitter)
{
    /// <summary>
    /// A quoted cell may run over this many lines; beyond it the quote counts as a mistake of its first line.
    /// </summary>
    public const int MaxLines = 50;

    /// <summary>Takes a row apart that begins with a line.</summary>
    /// <param name="first">The line that was just read.</param>
    /// <param name="cells">Filled anew.</param>
    /// <param name="row">All lines of the row.</param>
    /// <returns>False when a quote does not close; the lines after the first come again then.</returns>
    public bool TryRead(string first, List<string> cells, out string row)
    {
        row = first;
        return splitter.Split(first, cells) || JoinLines(first, cells, ref row);
    }

    private bool JoinLines(string first, List<string> cells, ref string row)
    {
        var taken = new List<string>();
        var joined = new StringBuilder(first);
        while (taken.Count < MaxLines && lines.Next() is { } next)
        {
            taken.Add(next);
            joined.Append('\n').Append(next);
            if (splitter.Split(joined.ToString(), cells))
            {
                row = joined.ToString();
                return true;
            }
        }
        lines.GiveBack(taken);
        return false;
    }
}
