using System.Text;
using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>
/// Text with columns in braces: <c>{Garage}-{User}</c>. <c>{_file}</c> is the file's name without endings,
/// <c>{_dir}</c> its directory, <c>{_line}</c> the line. <c>{column|slug}</c> writes it in a–z, 0–9 and hyphens,
/// <c>|lower</c> and <c>|upper</c> change case.
/// </summary>
public sealed class Template
{
    private readonly Part[] _parts;

    private Template(Part[] parts) => _parts = parts;

    private readonly record struct Part(string Literal, BoundColumn? Column, string? Filter);

    /// <summary>Binds a template to the columns of a file.</summary>
    /// <param name="text">The template.</param>
    /// <param name="columns">Of the file.</param>
    /// <param name="fixedValues">File name and the map's constants.</param>
    /// <exception cref="UsageException">A brace is not closed, or a filter is unknown.</exception>
    public static Template Bind(string text, ColumnIndex columns, IReadOnlyDictionary<string, string> fixedValues)
    {
        var parts = new List<Part>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add(new(text[at..], null, null));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new UsageException($"Template \"{text}\": a brace is not closed.");
            }

            parts.Add(new(text[at..open], null, null));
            parts.Add(Placeholder(text[(open + 1)..close], columns, fixedValues));
            at = close + 1;
        }

        return new([.. parts.Where(part => part.Column is not null || part.Literal.Length > 0)]);
    }

    /// <summary>Writes a row's text.</summary>
    /// <returns>Null when one of its columns is blank.</returns>
    public string? Write(SourceRow row)
    {
        if (_parts is [{ Column: { Name: not "_line" } only, Filter: null }])
        {
            var text = row.Text(only)?.Trim();
            return string.IsNullOrEmpty(text) ? null : text;
        }

        var written = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Column is not { } column)
            {
                written.Append(part.Literal);
            }
            else if (column.Name == "_line")
            {
                written.Append(row.Line);
            }
            else if (row.Text(column)?.Trim() is { Length: > 0 } text)
            {
                written.Append(Apply(part.Filter, text));
            }
            else
            {
                return null;
            }
        }

        return written.ToString();
    }

    /// <summary>Letters, digits and single hyphens, in lower case.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    private static Part Placeholder(string text, ColumnIndex columns, IReadOnlyDictionary<string, string> fixedValues)
    {
        var (name, filter) = SplitFilter(text);
        if (fixedValues.TryGetValue(name, out var value))
        {
            return new(Apply(filter, value), null, null);
        }

        return name == "_line"
            ? new("", new BoundColumn("_line", 0, null), filter)
            : new("", columns.Bind(name), filter);
    }

    private static (string Name, string? Filter) SplitFilter(string text)
    {
        var bar = text.LastIndexOf('|');
        return bar > 0 && text[(bar + 1)..].Trim() is "slug" or "lower" or "upper"
            ? (text[..bar].Trim(), text[(bar + 1)..].Trim())
            : (text.Trim(), null);
    }

    private static string Apply(string? filter, string text) => filter switch
    {
        "slug" => Slug(text),
        "lower" => text.ToLowerInvariant(),
        "upper" => text.ToUpperInvariant(),
        _ => text,
    };
}
