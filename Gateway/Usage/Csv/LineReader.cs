namespace OrleansBilling.Gateway.Usage.Csv;

/// <summary>Reads lines and knows their numbers; lines that were read too far can be given back.</summary>
/// <param name="text">Stays the caller's to dispose.</param>
public sealed class LineReader(TextReader text)
{
    private readonly Queue<string> _ahead = new();

    /// <summary>Number of the last line, from 1; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>The next line without its end; null after the last.</summary>
    public string? Next()
    {
        var line = _ahead.Count > 0 ? _ahead.Dequeue() : text.ReadLine();
        if (line is not null)
        {
            Line++;
        }
        return line;
    }

    /// <summary>What <see cref="Next"/> will return.</summary>
    public string? Peek()
    {
        if (_ahead.Count == 0 && text.ReadLine() is { } line)
        {
            _ahead.Enqueue(line);
        }
        return _ahead.TryPeek(out var first) ? first : null;
    }

    /// <summary>The last lines will come again, in this order.</summary>
    public void GiveBack(IReadOnlyList<string> lines)
    {
        var later = _ahead.ToList();
        _ahead.Clear();
        foreach (var line in lines.Concat(later))
        {
            _ahead.Enqueue(line);
        }
        Line -= lines.Count;
    }
}
