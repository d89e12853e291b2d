using OrleansBilling.Core.Validation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OrleansBilling.Core.Documents;

/// <summary>
/// YAML 1.2 to values, without guessing: plain scalars are null, true, false, a number as JSON writes it, or text. Refused are
/// tags, merge keys, keys that are no text, and more than one document; documents are bounded in depth and values.
/// </summary>
/// <remarks>Numbers stay text: 0.1 is never a floating-point number. What looks like a date, a time, <c>no</c> or <c>0x1F</c>
/// is text.</remarks>
internal sealed class YamlReader
{
    /// <summary>Objects and arrays within each other; what JSON readers take too.</summary>
    internal const int MaxDepth = 60;

    /// <summary>Values in a document, aliases counted as often as they are used.</summary>
    internal const int MaxValues = 200_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, SourceNode> _anchors = [];
    private readonly List<string?> _path = [];
    private int _values;

    private YamlReader(string text) => _parser = new(new StringReader(text));

    /// <exception cref="SourceException">It is no YAML, or YAML that is refused.</exception>
    internal static SourceNode Read(string text)
    {
        var reader = new YamlReader(text);
        try
        {
            return reader.Document();
        }
        catch (YamlException broken)
        {
            var at = new TextPosition((int)broken.End.Line, (int)broken.End.Column);
            throw TabAfter(text, at) is { } tab
                ? reader.Broken("a line is indented with a tab, where only spaces may be", tab)
                : reader.Broken(broken.Message, at);
        }
    }

    /// <summary>A tab in the indentation of the line where reading stopped or of the next one: the library says something else
    /// of it, and names the key before.</summary>
    private static TextPosition? TabAfter(string text, TextPosition at)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (number >= at.Line && number <= at.Line + 1 && indentation.IndexOf('\t') is >= 0 and var tab)
            {
                return new(number, tab + 1);
            }
        }

        return null;
    }

    private string Pointer => string.Concat(_path.OfType<string>().Select(step => "/" + JsonPointer.Escape(step)));

    private SourceNode Document()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart)
        {
            throw Refuse("yaml.empty", "The document is empty; write a plan.");
        }

        Next();
        var root = Value();
        Next();
        Next();
        return _parser.Current is StreamEnd
            ? root
            : throw Refuse("yaml.several_documents", "Only one document is read; put the others into files of their own.");
    }

    /// <summary>The value at the parser's event, which is left at the value's last event.</summary>
    private SourceNode Value()
    {
        if (++_values > MaxValues)
        {
            throw Refuse("yaml.too_many", $"At most {MaxValues} values are read; send long schedules as JSON.");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var known)
                ? known
                : throw Refuse("yaml.alias_unknown", $"There is no anchor '&{alias.Value}' before this; it cannot contain itself.");
        }

        if (_parser.Current is not NodeEvent start)
        {
            throw Refuse("yaml.invalid", "A value is missing here.");
        }

        if (!start.Tag.IsEmpty)
        {
            throw Refuse("yaml.tag", "Tags are not read; leave it out, and quote what shall be text.");
        }

        var node = start switch
        {
            MappingStart => Map(),
            SequenceStart => List(),
            _ => YamlScalar.Of((Scalar)start),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private SourceNode Map()
    {
        var map = new SourceNode(SourceKind.Object, Here);
        Enter();
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            var at = Here;
            _path[^1] = null;
            if (_parser.Current is not Scalar { Tag.IsEmpty: true, Anchor.IsEmpty: true } key)
            {
                throw Refuse("yaml.key", "A key is a plain text, without tag, anchor or alias.");
            }

            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                throw Refuse("yaml.merge", "Merge keys are not read; write the properties out, or use an alias for a whole value.");
            }

            _path[^1] = key.Value;
            Next();
            map.Members.Add(new(key.Value, at, Value()));
        }

        _path.RemoveAt(_path.Count - 1);
        return map;
    }

    private SourceNode List()
    {
        var list = new SourceNode(SourceKind.Array, Here);
        Enter();
        for (Next(); _parser.Current is not SequenceEnd; Next())
        {
            _path[^1] = $"{list.Members.Count}";
            var at = Here;
            list.Members.Add(new("", at, Value()));
        }

        _path.RemoveAt(_path.Count - 1);
        return list;
    }

    private void Enter()
    {
        if (_path.Count >= MaxDepth)
        {
            throw Refuse("yaml.too_deep", $"At most {MaxDepth} objects and arrays are read within each other.");
        }

        _path.Add(null);
    }

    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The library lets some of its own faults out for text such as "[a: -[".
            throw Broken("it breaks after this place", Here);
        }
    }

    private SourceException Broken(string why, TextPosition at) =>
        new(new(new(Pointer, "yaml.invalid", $"This is no YAML: {why.TrimEnd('.')}. Look at indentation, quotes and brackets before it."), at));

    private TextPosition Here => _parser.Current is { } now ? new((int)now.Start.Line, (int)now.Start.Column) : new(1, 1);

    private SourceException Refuse(string code, string message) => new(new(new(Pointer, code, message), Here));
}
