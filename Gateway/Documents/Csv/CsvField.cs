namespace OrleansBilling.Documents.Csv;

/// <summary>Text as a field of CSV (RFC 4180).</summary>
public static class CsvField
{
    /// <summary>In quotes where it needs them. Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
    /// injection).</summary>
    public static string Of(string text)
    {
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
