using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace OrleansBilling.Documents.Html;

/// <summary>Writes elements; every text and attribute is escaped, unless it is called raw.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _open.Push(name);
    }

    public void Close()
    {
        var name = _open.Pop();
        _html.Append("</").Append(name).Append('>');
        if (name is not ("bdi" or "b" or "strong" or "span" or "dt" or "dd" or "td" or "th"))
        {
            _html.Append('\n');
        }
    }

    public void CloseAll()
    {
        while (_open.Count > 0)
        {
            Close();
        }
    }

    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>An element that has no end.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes) => Start(name, attributes);

    public void Text(string text) => _html.Append(Encoder.Encode(text));

    /// <summary>Constant markup only.</summary>
    public void Raw(string markup) => _html.Append(markup);

    public override string ToString() => _html.ToString();

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _html.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            _html.Append(' ').Append(attribute).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        }

        _html.Append('>');
    }
}
