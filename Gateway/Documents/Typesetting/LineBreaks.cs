using System.Globalization;
using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>Where a line may end: after spaces, hyphens and slashes, and between ideographs and kana unless a sign must stay
/// with its neighbour (JIS X 4051 and GB/T 15834 line-start and line-end rules). A simple form of Unicode Standard Annex 14.</summary>
internal static class LineBreaks
{
    private const string NotAtStart =
        ")]},.:;!?%'\"、。，．・：；？！）］｝」』】〉》〕ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃°”’…‥–—～~";

    private const string NotAtEnd = "([{（［｛「『【〈《〔“‘$€£¥￥〒#";

    /// <summary>Pieces that are not to be broken, in order; their spaces are at their ends.</summary>
    public static IReadOnlyList<string> Pieces(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = StringInfo.GetNextTextElementLength(text); i < text.Length;
            i += StringInfo.GetNextTextElementLength(text, i))
        {
            if (MayBreak(text, i))
            {
                pieces.Add(text[start..i]);
                start = i;
            }
        }

        if (start < text.Length)
        {
            pieces.Add(text[start..]);
        }

        return pieces;
    }

    private static bool MayBreak(string text, int at)
    {
        var before = text[at - 1];
        var after = text[at];
        if (IsSpace(after))
        {
            return false;
        }

        if (IsSpace(before) || before == '\u200B')
        {
            return true;
        }

        if (before is '\u00A0' or '\u202F' or '\u2060' || after is '\u00A0' or '\u202F' or '\u2060' or '\u2069')
        {
            return false;
        }

        if (before is '-' or '/' or '–' or '—')
        {
            return at > 1 && char.IsLetter(text[at - 2]) && char.IsLetter(after);
        }

        return (IsIdeographic(RuneBefore(text, at)) || IsIdeographic(RuneAt(text, at)))
            && !NotAtStart.Contains(after, StringComparison.Ordinal) && !NotAtEnd.Contains(before, StringComparison.Ordinal)
            && !char.IsSurrogate(before);
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\u3000' or (>= '\u2002' and <= '\u200A' and not '\u2007');

    private static bool IsIdeographic(int c) => c is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0x20000 and <= 0x3FFFF);

    private static int RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune.Value : 0xFFFD;

    private static int RuneBefore(string text, int at) => char.IsLowSurrogate(text[at - 1]) && at > 1
        ? RuneAt(text, at - 2)
        : text[at - 1];
}
