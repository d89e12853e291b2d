namespace OrleansBilling.Documents.Csv;

/// <summary>Text in cells of CSV (RFC 4180) for people who open it with a spreadsheet.</summary>
public static class CsvText
{
    /// <summary>Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).</summary>
    public static string Field(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
