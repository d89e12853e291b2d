using System.Globalization;
using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>The bidirectional type of a character, worked out from its block and general category: .NET does not tell the
/// property itself. Exact for the scripts of the shipped fonts (Latin, Greek, Cyrillic, Arabic, Han, kana) and Hebrew.</summary>
internal static class BidiClasses
{
    public static BidiClass Of(Rune rune)
    {
        var c = rune.Value;
        return c switch
        {
            0x2066 or 0x2067 or 0x2068 => BidiClass.Isolate,
            0x2069 => BidiClass.PDI,
            0x200E => BidiClass.L,
            0x200F => BidiClass.R,
            0x061C => BidiClass.AL,
            >= 0x30 and <= 0x39 or >= 0x6F0 and <= 0x6F9 or >= 0xFF10 and <= 0xFF19 or 0xB2 or 0xB3 or 0xB9 => BidiClass.EN,
            >= 0x660 and <= 0x669 or 0x66B or 0x66C or >= 0x600 and <= 0x605 or 0x6DD => BidiClass.AN,
            0x2B or 0x2D or 0x2212 or 0x207A or 0x207B or 0xFF0B or 0xFF0D => BidiClass.ES,
            0x2C or 0x2E or 0x2F or 0x3A or 0xA0 or 0x202F or 0x60C or 0x2044 or 0xFF0C or 0xFF0E or 0xFF1A => BidiClass.CS,
            >= 0x23 and <= 0x25 or >= 0xA2 and <= 0xA5 or 0xB0 or 0xB1 or 0x66A or >= 0x20A0 and <= 0x20CF
                or >= 0x2030 and <= 0x2034 or 0x212E or 0x2213 or 0xFF05 => BidiClass.ET,
            _ => ByCategory(c, Rune.GetUnicodeCategory(rune)),
        };
    }

    private static BidiClass ByCategory(int c, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.NSM,
        UnicodeCategory.Format or UnicodeCategory.Control => c is 9 or 10 or 13 ? BidiClass.WS : BidiClass.BN,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => BidiClass.WS,
        _ when c is >= 0x600 and <= 0x7BF or >= 0x860 and <= 0x8FF or >= 0xFB50 and <= 0xFDFF or >= 0xFE70 and <= 0xFEFE =>
            category is UnicodeCategory.MathSymbol or UnicodeCategory.OtherSymbol && c is 0x606 or 0x607 or 0x60E or 0x60F or 0x6DE
                ? BidiClass.ON
                : BidiClass.AL,
        _ when c is >= 0x590 and <= 0x5FF or >= 0x7C0 and <= 0x85F or >= 0xFB1D and <= 0xFB4F => BidiClass.R,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => BidiClass.L,
        _ => BidiClass.ON,
    };
}
