using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OrleansBilling.Core.Documents;

/// <summary>What a scalar of YAML is in JSON, by the core schema of YAML 1.2 without its other spellings of numbers.</summary>
internal static partial class YamlScalar
{
    internal static SourceNode Of(Scalar scalar) => new(
        scalar.Style == ScalarStyle.Plain ? KindOf(scalar.Value) : SourceKind.Text,
        new((int)scalar.Start.Line, (int)scalar.Start.Column),
        scalar.Value);

    private static SourceKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => SourceKind.Null,
        "true" or "True" or "TRUE" => SourceKind.True,
        "false" or "False" or "FALSE" => SourceKind.False,
        _ => JsonNumber().IsMatch(plain) ? SourceKind.Number : SourceKind.Text,
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
