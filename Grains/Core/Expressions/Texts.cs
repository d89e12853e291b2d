using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Expressions;

/// <summary>What functions do with texts; no culture takes part.</summary>
internal static class Texts
{
    internal static bool Contains(ref Scope scope, int at, string text, string part, out bool value)
    {
        value = text.Contains(part, StringComparison.Ordinal);
        return true;
    }

    internal static bool StartsWith(ref Scope scope, int at, string text, string part, out bool value)
    {
        value = text.StartsWith(part, StringComparison.Ordinal);
        return true;
    }

    internal static bool EndsWith(ref Scope scope, int at, string text, string part, out bool value)
    {
        value = text.EndsWith(part, StringComparison.Ordinal);
        return true;
    }

    /// <summary>A to Z only: what other letters become depends on the tables of a machine.</summary>
    internal static bool Lower(ref Scope scope, int at, string text, out string value)
    {
        value = string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
            }
        });
        return true;
    }

    internal static bool Concat(ref Scope scope, int at, string left, string right, out string value)
    {
        value = left + right;
        return true;
    }

    internal static bool Length(ref Scope scope, int at, string text, out decimal value)
    {
        value = text.Length;
        return true;
    }

    internal static bool IsNumber(ref Scope scope, int at, string text, out bool value)
    {
        value = DecimalText.TryParse(text, out _);
        return true;
    }

    /// <summary>The shortest plain form of a number.</summary>
    internal static bool Write(ref Scope scope, int at, decimal number, out string value)
    {
        value = DecimalText.Format(number);
        return true;
    }
}
