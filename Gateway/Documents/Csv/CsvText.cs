namespace OrleansBilling.Documents.Csv;

/// <summary>Text in cells of CSV (RFC 4180) for people who open it with a spreadsheet.</summary>
public static class CsvText
{
    /// <summary>Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).</summary>
    public static string Field(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') ? $"'{text}" : text;
        return Quoted(safe);
    }

    /// <summary>The text as it is, in quotes where it needs them: for files that programs read back.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
