using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace OrleansBilling.Gateway.Pages;

/// <summary>Builds HTML from interpolated text: what is written out is markup, every hole in it is encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup; its holes are encoded.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] Handler markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Adds constant markup as it is.</summary>
    public Html AddMarkup([ConstantExpected] string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Takes an interpolated text apart.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler(int literalLength, int formattedCount, Html html)
    {
        private readonly StringBuilder _text = html._text;

        /// <summary>Markup.</summary>
        public void AppendLiteral(string markup) => _text.Append(markup);

        /// <summary>Content or the value of an attribute in quotes.</summary>
        public void AppendFormatted(string? content) => _text.Append(HtmlEncoder.Default.Encode(content ?? ""));

        /// <summary>A number; it needs no encoding.</summary>
        public void AppendFormatted(long number) => _text.Append(number);

        /// <summary>For the compiler.</summary>
        public override string ToString() => $"{literalLength + formattedCount}";
    }
}
